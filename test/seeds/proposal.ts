/** The schemas of the proposal of 2011, as it writes them: names and types. */

/** An event that is told of all devices. */
export const BLOCK_IO_EVENT = "{ 'BlockIOEvent': { 'device': 'str', 'action': 'str', 'operation': 'str' } }";

/** How clients get at it. */
export const BLOCK_IO_ACCESSOR = "[ 'block-io-event', {}, {}, 'BlockIOEvent' ]";

/** What the accessor is expanded into. */
export const BLOCK_IO_COMMANDS = {
  connect: "[ 'block-io-event-connect', {}, {}, 'str' ]",
  disconnect: "[ 'block-io-event-disconnect', {'tag' : 'str'}, {}, 'none' ]",
} as const;

/** What takes its place: an event of one device, with enums. */
export const BLOCK_DEVICE_EVENT = `{ 'BlockDeviceAction': [ 'report', 'stop', 'none' ] }
{ 'BlockDeviceOperation': [ 'read', 'write' ] }
{ 'BlockDeviceActionReason': [ 'nospc', 'io', 'other' ] }
{ 'BlockDeviceEvent': { 'action': 'BlockDeviceAction', 'operation': 'BlockDeviceOperation', 'reason': 'BlockDeviceActionReason' } }
`;

/** How clients get at that: they say which device. */
export const BLOCK_DEVICE_ACCESSOR = "[ 'block-device-event', { 'device': 'str' }, {}, 'BlockDeviceEvent' ]";

/** All of the proposal, with a comment as it has. */
export const PROPOSAL: string = `# What an application of ours has.
${BLOCK_IO_EVENT}
${BLOCK_IO_ACCESSOR}
${BLOCK_DEVICE_EVENT}
${BLOCK_DEVICE_ACCESSOR}
`;
