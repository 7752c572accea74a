// Shows what the hub pushes while no page of the dashboard is open. It keeps nothing and serves no page.
addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data?.json() ?? {};
  } catch {
    // A message that can't be read must still be shown: browsers take the permission away from pages that stay silent.
  }
  const { title = "Inglenook", text = "", id = "inglenook", level = "info" } = told;
  const options = { body: text, tag: id, icon: "./icon.svg", requireInteraction: level === "alarm" };
  event.waitUntil(registration.showNotification(title, options));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

async function open() {
  const pages = await clients.matchAll({ type: "window" });
  const page = pages.find((p) => "focus" in p);
  if (page) return page.focus();
  return clients.openWindow("./#/settings/notifications");
}
