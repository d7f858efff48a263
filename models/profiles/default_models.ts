import type { Role } from "../chat_model.ts";

/** The models that `models pull` gets when none is named: both fit a 16 GB card together. */
export const DEFAULT_MODELS: Record<Role, string> = {
  code: "starcoder2-7b-instruct",
  chat: "mistral:7b-instruct-v0.2-q4_K_M",
};
