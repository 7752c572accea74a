import { z } from "@hono/zod-openapi";
import { line } from "./common.ts";

export const MIN_PASSWORD = 10;
const MAX_PASSWORD = 128;

const accountName = line(60).openapi({ description: "what people call you", example: "Kim" });

// Length only: rules about kinds of characters make passwords worse (ASVS 5.0, 6.2.5).
const newPassword = z
  .string()
  .min(MIN_PASSWORD, `must be at least ${MIN_PASSWORD} characters`)
  .max(MAX_PASSWORD, `must be at most ${MAX_PASSWORD} characters`);

// A sign-in takes any text, so that the answer to a short guess is no different from a long one.
const anyPassword = z.string().max(MAX_PASSWORD, `must be at most ${MAX_PASSWORD} characters`);

const token = z.string().min(1).max(200).openapi({ description: "the secret at the end of the one-time link" });

export const newAccount = z.strictObject({ token, name: accountName, password: newPassword }).openapi("NewAccount");

export const signIn = z
  .union([z.strictObject({ name: z.string().max(60), password: anyPassword }), z.strictObject({ token })])
  .openapi("SignIn");

export const passwordChange = z.strictObject({ current: anyPassword, password: newPassword }).openapi("PasswordChange");

export const sessionInfo = z
  .object({ name: z.string().openapi({ description: "who is signed in" }) })
  .openapi("SessionInfo");
