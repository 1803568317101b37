/** What cameras take for a Wi-Fi network (the form that Android's ZXing defined and iOS reads). */
export function wifiCode(ssid: string, password: string): string {
  const security = password === '' ? 'T:nopass;' : `T:WPA;`
  const secret = password === '' ? '' : `P:${escaped(password)};`
  return `WIFI:${security}S:${escaped(ssid)};${secret};`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,:"]/g, String.raw`\$&`)
}
