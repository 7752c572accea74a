/** How a talk is written for each kind of model, and which of them think before they answer. */
import {
  ChatMLChatWrapper,
  type ChatWrapper,
  DeepSeekChatWrapper,
  GemmaChatWrapper,
  Llama3_2LightweightChatWrapper,
  type LlamaModel,
  QwenChatWrapper,
  resolveChatWrapper,
} from "node-llama-cpp";
import type { ChatForm } from "./catalogue/model.ts";

const made: Readonly<Record<Exclude<ChatForm, "file">, () => ChatWrapper>> = {
  chatml: () => new ChatMLChatWrapper(),
  qwen: () => new QwenChatWrapper(),
  // An empty thought is written for it, which is how this family is told not to think.
  qwen3: () => new QwenChatWrapper({ thoughts: "discourage" }),
  // A date in the text would make each day's fixed part another one.
  llama3: () => new Llama3_2LightweightChatWrapper({ todayDate: null }),
  deepseek: () => new DeepSeekChatWrapper(),
  gemma: () => new GemmaChatWrapper(),
};

/** The form of a model's talk: as named, or as the file's own template says. */
export const wrapperOf = (form: ChatForm, model: LlamaModel): ChatWrapper =>
  form === "file" ? resolveChatWrapper(model) : made[form]();

/** Whether a model cannot but think in words before it answers. */
export const thinks = (wrapper: ChatWrapper): boolean => wrapper instanceof DeepSeekChatWrapper;
