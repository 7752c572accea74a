// Shows what the hub pushes while no page of the dashboard is open. It keeps nothing and serves no page.
addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data?.json() ?? {};
  } catch {
    // A message that can't be read must still be shown: browsers take the permission away from pages that stay silent.
  }
  event.waitUntil(show(told));
});

// A question has a button for each answer, as many as the browser shows; once it is over, that stands in its place.
function show({ title = "Inglenook", text = "", id = "inglenook", level = "info", answers = [], over }) {
  const isOpen = over === undefined && answers.length > 0;
  return registration.showNotification(title, {
    body: over ?? text,
    tag: id,
    icon: "./icon.svg",
    silent: over !== undefined,
    requireInteraction: level === "alarm" || isOpen,
    data: { id, title, answers },
    actions: isOpen
      ? answers.slice(0, Notification.maxActions ?? 2).map((a, i) => ({ action: String(i), title: a }))
      : [],
  });
}

addEventListener("notificationclick", (event) => {
  const { id, title, answers } = event.notification.data ?? {};
  const answer = event.action === "" ? undefined : answers?.[Number(event.action)];
  event.notification.close();
  event.waitUntil(answer === undefined ? open() : give(id, title, answer));
});

// By the person who is signed in in this browser; why it does nothing is shown, where it does nothing.
async function give(id, title, answer) {
  const said = (text) => registration.showNotification(title, { body: text, tag: id, icon: "./icon.svg" });
  try {
    const response = await fetch(`./api/notices/${encodeURIComponent(id)}/answer`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ answer }),
    });
    if (response.ok) return;
    const { detail = "The hub did not take the answer." } = await response.json().catch(() => ({}));
    await said(response.status === 401 ? "Sign in on the dashboard to answer." : detail);
  } catch {
    await said("The hub does not answer. Is this device still in the home's network?");
  }
}

async function open() {
  const pages = await clients.matchAll({ type: "window" });
  const page = pages.find((p) => "focus" in p);
  if (page) return page.focus();
  return clients.openWindow("./#/settings/notifications");
}
