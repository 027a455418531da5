import { commands } from "./commands.js";
import type { Emitter } from "./emitter.js";
import { events } from "./events.js";
import { types } from "./types.js";
import { validators } from "./validators.js";

/** The emitters that come with qapi-codegen, in the order in which they are listed and run. */
export const builtinEmitters: readonly Emitter[] = [types, events, commands, validators];
