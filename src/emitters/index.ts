import { commands } from "./commands.js";
import type { Emitter } from "../emit/index.js";
import { events } from "./events.js";
import { metadata } from "./metadata.js";
import { types } from "./types.js";
import { validators } from "./validators/validators.js";

/** The emitters that come with qapi-codegen, in the order in which they are listed and run. */
export const builtinEmitters: readonly Emitter[] = [types, events, commands, validators, metadata];
