import { frequencyMhz } from '../schema/channels.ts'
import { interfaces } from './node-plan.ts'
import type { NodePlan } from './node-plan.ts'
import { file, secretFile } from './rendered-file.ts'
import type { RenderedFile } from './rendered-file.ts'

/** hostapd for visitors, wpa_supplicant for the mesh. */
export function radioFiles(plan: NodePlan): RenderedFile[] {
  const { hotspot } = plan.venue
  const path = '/etc/mesh-art/hotspot.conf'
  const text = hotspotConf(plan)
  return [hotspot.security === 'open' ? file(path, text) : secretFile(path, text), ...meshFiles(plan)]
}

function hotspotConf({ venue, node, secrets }: NodePlan): string {
  const { ssid, band, security } = venue.hotspot
  return `# hostapd: the visitors' Wi-Fi of ${node.name}.
interface=${interfaces.hotspot}
driver=nl80211
ssid=${ssid}
utf8_ssid=1
country_code=${venue.country}
ieee80211d=1
hw_mode=${band === '2.4' ? 'g' : 'a'}
channel=${node.channel}
ieee80211n=1
${band === '5' ? 'ieee80211ac=1\n' : ''}wmm_enabled=1
# What the radio carries. One phone more is not let in, and does not see this node: it takes the next.
max_num_sta=${node.clients}
no_probe_resp_if_max_sta=1
# No phone reaches another.
ap_isolate=1
# A phone that left makes room.
ap_max_inactivity=120
disassoc_low_ack=1
# Says nothing of anybody: no module's messages go to the log.
logger_syslog=0
logger_stdout=0
${securityLines(security, secrets.hotspot ?? '')}`
}

function securityLines(security: NodePlan['venue']['hotspot']['security'], password: string): string {
  if (security === 'open') return 'auth_algs=1\nwpa=0\n'
  const management = { wpa2: 'WPA-PSK', wpa3: 'SAE', 'wpa2-wpa3': 'WPA-PSK SAE' }[security]
  const protectedFrames = { wpa2: 0, wpa3: 2, 'wpa2-wpa3': 1 }[security]
  return `auth_algs=1
wpa=2
wpa_key_mgmt=${management}
rsn_pairwise=CCMP
ieee80211w=${protectedFrames}
${security === 'wpa3' ? '' : `wpa_passphrase=${password}\n`}${security === 'wpa2' ? '' : `sae_password=${password}\nsae_pwe=2\n`}`
}

function meshFiles({ venue, node, secrets }: NodePlan): RenderedFile[] {
  const { radio } = venue.mesh
  if (radio === undefined || node.meshRadio === undefined) return []
  return [
    secretFile(
      '/etc/mesh-art/mesh.conf',
      `# wpa_supplicant: the radio that joins the nodes. 802.11s with SAE; batman-adv finds the ways, so 802.11s does not.
country=${venue.country}
user_mpm=1
p2p_disabled=1

network={
    mode=5
    ssid="${radio.id}"
    frequency=${frequencyMhz(radio.band, radio.channel)}
    key_mgmt=SAE
    ieee80211w=2
    mesh_fwding=0
    sae_password="${secrets.mesh ?? ''}"
}
`,
    ),
  ]
}
