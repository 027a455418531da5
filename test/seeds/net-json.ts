/**
 * What the documents that this project grew from define, in a notation of a line for each member: facts that were taken from
 * net.json by a program of its own, not by this project's reader.
 */

/** A definition. */
export interface Fact {
  /** Its kind, name and flags, and the release since which there is such a thing. */
  readonly definition: string;
  /** Its members, values or branches. */
  readonly parts: readonly string[];
}

/** All definitions of the net.json of February 2023, in its order. */
export const NET_JSON: readonly Fact[] = [
  { definition: "command set_link (since 0.14)", parts: ["name: str", "up: bool"] },
  { definition: "command netdev_add boxed allow-preconfig (since 0.14)", parts: ["all of Netdev"] },
  { definition: "command netdev_del allow-preconfig (since 0.14)", parts: ["id: str"] },
  {
    definition: "struct NetLegacyNicOptions (since 1.2)",
    parts: ["netdev?: str", "macaddr?: str", "model?: str", "addr?: str", "vectors?: uint32"],
  },
  {
    definition: "struct NetdevUserOptions (since 1.2)",
    parts: [
      "hostname?: str",
      "restrict?: bool",
      "ipv4?: bool (since 2.6)",
      "ipv6?: bool (since 2.6)",
      "ip?: str",
      "net?: str",
      "host?: str",
      "tftp?: str",
      "bootfile?: str",
      "dhcpstart?: str",
      "dns?: str",
      "dnssearch?: String[]",
      "domainname?: str (since 3.0)",
      "ipv6-prefix?: str (since 2.6)",
      "ipv6-prefixlen?: int (since 2.6)",
      "ipv6-host?: str (since 2.6)",
      "ipv6-dns?: str (since 2.6)",
      "smb?: str",
      "smbserver?: str",
      "hostfwd?: String[]",
      "guestfwd?: String[]",
      "tftp-server-name?: str (since 3.1)",
    ],
  },
  {
    definition: "struct NetdevTapOptions (since 1.2)",
    parts: [
      "ifname?: str",
      "fd?: str",
      "fds?: str",
      "script?: str",
      "downscript?: str",
      "br?: str (since 2.8)",
      "helper?: str",
      "sndbuf?: size",
      "vnet_hdr?: bool",
      "vhost?: bool",
      "vhostfd?: str",
      "vhostfds?: str",
      "vhostforce?: bool",
      "queues?: uint32",
      "poll-us?: uint32 (since 2.7)",
    ],
  },
  {
    definition: "struct NetdevSocketOptions (since 1.2)",
    parts: ["fd?: str", "listen?: str", "connect?: str", "mcast?: str", "localaddr?: str", "udp?: str"],
  },
  {
    definition: "struct NetdevL2TPv3Options (since 2.1)",
    parts: [
      "src: str",
      "dst: str",
      "srcport?: str",
      "dstport?: str",
      "ipv6?: bool",
      "udp?: bool",
      "cookie64?: bool",
      "counter?: bool",
      "pincounter?: bool",
      "txcookie?: uint64",
      "rxcookie?: uint64",
      "txsession: uint32",
      "rxsession?: uint32",
      "offset?: uint32",
    ],
  },
  {
    definition: "struct NetdevVdeOptions (since 1.2)",
    parts: ["sock?: str", "port?: uint16", "group?: str", "mode?: uint16"],
  },
  { definition: "struct NetdevBridgeOptions (since 1.2)", parts: ["br?: str", "helper?: str"] },
  { definition: "struct NetdevHubPortOptions (since 1.2)", parts: ["hubid: int32", "netdev?: str (since 2.12)"] },
  { definition: "struct NetdevNetmapOptions (since 2.0)", parts: ["ifname: str", "devname?: str"] },
  {
    definition: "struct NetdevVhostUserOptions (since 2.1)",
    parts: ["chardev: str", "vhostforce?: bool", "queues?: int (since 2.5)"],
  },
  {
    definition: "struct NetdevVhostVDPAOptions (since 5.1)",
    parts: ["vhostdev?: str", "vhostfd?: str", "queues?: int", "x-svq?: bool [unstable] (since 7.1)"],
  },
  {
    definition: "struct NetdevVmnetHostOptions if CONFIG_VMNET (since 7.1)",
    parts: ["start-address?: str", "end-address?: str", "subnet-mask?: str", "isolated?: bool", "net-uuid?: str"],
  },
  {
    definition: "struct NetdevVmnetSharedOptions if CONFIG_VMNET (since 7.1)",
    parts: ["start-address?: str", "end-address?: str", "subnet-mask?: str", "isolated?: bool", "nat66-prefix?: str"],
  },
  {
    definition: "struct NetdevVmnetBridgedOptions if CONFIG_VMNET (since 7.1)",
    parts: ["ifname: str", "isolated?: bool"],
  },
  {
    definition: "struct NetdevStreamOptions (since 7.2)",
    parts: ["addr: SocketAddress", "server?: bool", "reconnect?: uint32 (since 8.0)"],
  },
  { definition: "struct NetdevDgramOptions (since 7.2)", parts: ["local?: SocketAddress", "remote?: SocketAddress"] },
  {
    definition: "enum NetClientDriver (since 2.7)",
    parts: [
      "none",
      "nic",
      "user",
      "tap",
      "l2tpv3",
      "socket",
      "stream (since 7.2)",
      "dgram (since 7.2)",
      "vde",
      "bridge",
      "hubport",
      "netmap",
      "vhost-user",
      "vhost-vdpa (since 5.1)",
      "vmnet-host if CONFIG_VMNET (since 7.1)",
      "vmnet-shared if CONFIG_VMNET (since 7.1)",
      "vmnet-bridged if CONFIG_VMNET (since 7.1)",
    ],
  },
  {
    definition: "union Netdev (since 1.2)",
    parts: [
      "id: str",
      "type: NetClientDriver",
      "by type",
      "nic: NetLegacyNicOptions",
      "user: NetdevUserOptions",
      "tap: NetdevTapOptions",
      "l2tpv3: NetdevL2TPv3Options",
      "socket: NetdevSocketOptions",
      "stream: NetdevStreamOptions",
      "dgram: NetdevDgramOptions",
      "vde: NetdevVdeOptions",
      "bridge: NetdevBridgeOptions",
      "hubport: NetdevHubPortOptions",
      "netmap: NetdevNetmapOptions",
      "vhost-user: NetdevVhostUserOptions",
      "vhost-vdpa: NetdevVhostVDPAOptions",
      "vmnet-host: NetdevVmnetHostOptions if CONFIG_VMNET",
      "vmnet-shared: NetdevVmnetSharedOptions if CONFIG_VMNET",
      "vmnet-bridged: NetdevVmnetBridgedOptions if CONFIG_VMNET",
    ],
  },
  { definition: "enum RxState (since 1.6)", parts: ["normal", "none", "all"] },
  {
    definition: "struct RxFilterInfo (since 1.6)",
    parts: [
      "name: str",
      "promiscuous: bool",
      "multicast: RxState",
      "unicast: RxState",
      "vlan: RxState (since 2.0)",
      "broadcast-allowed: bool",
      "multicast-overflow: bool",
      "unicast-overflow: bool",
      "main-mac: str",
      "vlan-table: int[]",
      "unicast-table: str[]",
      "multicast-table: str[]",
    ],
  },
  { definition: "command query-rx-filter returns RxFilterInfo[] (since 1.6)", parts: ["name?: str"] },
  { definition: "event NIC_RX_FILTER_CHANGED (since 1.6)", parts: ["name?: str", "path: str"] },
  {
    definition: "struct AnnounceParameters (since 4.0)",
    parts: [
      "initial: int",
      "max: int",
      "rounds: int",
      "step: int",
      "interfaces?: str[] (since 4.1)",
      "id?: str (since 4.1)",
    ],
  },
  { definition: "command announce-self boxed (since 4.0)", parts: ["all of AnnounceParameters"] },
  { definition: "event FAILOVER_NEGOTIATED (since 4.2)", parts: ["device-id: str"] },
  { definition: "event NETDEV_STREAM_CONNECTED (since 7.2)", parts: ["netdev-id: str", "addr: SocketAddress"] },
  { definition: "event NETDEV_STREAM_DISCONNECTED (since 7.2)", parts: ["netdev-id: str"] },
];

/** What the patch for vhost-user of 2025 adds to char.json. */
export const VHOST_USER_PATCH: readonly Fact[] = [
  {
    definition: "event NETDEV_VHOST_USER_CONNECTED (since 10.0)",
    parts: ["netdev-id: str", "info: ChardevInfo"],
  },
  { definition: "event NETDEV_VHOST_USER_DISCONNECTED (since 10.0)", parts: ["netdev-id: str"] },
];
