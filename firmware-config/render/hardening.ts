export interface HardeningNeeds {
  readonly capabilities?: readonly string[]
  /** Beyond AF_UNIX. */
  readonly families?: readonly string[]
  /** The kernel's settings and /sys may be written. */
  readonly tunables?: boolean
  /** Devices may be opened: a screen, a keyboard. */
  readonly devices?: boolean
  /** Makes namespaces of its own, as a browser's sandbox does. */
  readonly namespaces?: boolean
  /** Compiles at run time, as a browser does. */
  readonly compiles?: boolean
  /** Reads what the kernel says of itself below /proc, its command line for one. */
  readonly wholeProc?: boolean
  /** Sees the machine's network; without it there is none. */
  readonly network?: boolean
  /** systemd's filter of system calls, on top of @system-service. */
  readonly calls?: string
  /** Nobody's user, made for the time it runs. */
  readonly ownUser?: boolean
}

const yesNo = (yes: boolean): string => (yes ? 'yes' : 'no')

/** The hardening of a service, as much as its needs leave. Each service of ours has it; `firmware check` counts what is left. */
export function hardening(needs: HardeningNeeds = {}): string {
  const { capabilities = [], families = [], network = false } = needs
  const privileged = capabilities.length > 0 && needs.ownUser !== true
  return [
    ...(needs.ownUser === true ? ['DynamicUser=yes', `AmbientCapabilities=${capabilities.join(' ')}`] : []),
    `CapabilityBoundingSet=${capabilities.join(' ')}`,
    'NoNewPrivileges=yes',
    'UMask=0077',
    'RemoveIPC=yes',
    'PrivateTmp=yes',
    'PrivateIPC=yes',
    'PrivateMounts=yes',
    `PrivateNetwork=${yesNo(!network)}`,
    // Capabilities over the machine's network are lost in a user namespace of one's own.
    ...(capabilities.length > 0 || needs.tunables === true || needs.namespaces === true
      ? []
      : ['PrivateUsers=yes']),
    ...(needs.devices === true ? [] : ['PrivateDevices=yes', 'DevicePolicy=closed']),
    'ProtectSystem=strict',
    'ProtectHome=yes',
    'ProtectClock=yes',
    'ProtectControlGroups=yes',
    'ProtectHostname=yes',
    'ProtectKernelLogs=yes',
    'ProtectKernelModules=yes',
    `ProtectKernelTunables=${yesNo(needs.tunables !== true)}`,
    'ProtectProc=invisible',
    ...(needs.tunables === true || needs.wholeProc === true || privileged ? [] : ['ProcSubset=pid']),
    'LockPersonality=yes',
    ...(needs.compiles === true ? [] : ['MemoryDenyWriteExecute=yes']),
    `RestrictNamespaces=${needs.namespaces === true ? 'user pid net' : 'yes'}`,
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    `RestrictAddressFamilies=${['AF_UNIX', ...families].join(' ')}`,
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    `SystemCallFilter=~@privileged @resources${needs.calls === undefined ? '' : `\nSystemCallFilter=${needs.calls}`}`,
    'SystemCallErrorNumber=EPERM',
    'LimitCORE=0',
    // Nobody of ours calls an address: what is sent goes to a segment, below IP, or to a phone that asked.
    ...(network ? [] : ['IPAddressDeny=any']),
  ].join('\n')
}
