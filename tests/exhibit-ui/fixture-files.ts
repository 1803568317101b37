import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { knot } from './fixture-model.ts'
import { dracoModel, meshoptModel } from './fixture-packed.ts'
import { booklet } from './fixture-pdf.ts'

/** The files of the sample works, made as they are asked for. Undefined for a file that has not come yet. */
export async function fixtureFile(root: string, path: string): Promise<Buffer | undefined> {
  if (path === 'clip.webm') return readFile(new URL('./fixtures/clip.webm', import.meta.url))
  if (/^hostile\/\w+\.html$/.test(path)) return readFile(new URL(`./fixtures/${path}`, import.meta.url))
  if (path === 'missing.svg') return undefined
  if (path.endsWith('.svg')) return Buffer.from(picture(`${root}/${path}`, sizeOf(path)))
  if (path.endsWith('.wav')) return tone()
  if (path === 'nl.vtt')
    return Buffer.from('WEBVTT\n\n00:00.000 --> 00:04.000\nStille beelden, elk op zijn beurt.\n')
  if (path === 'en.vtt')
    return Buffer.from('WEBVTT\n\n00:00.000 --> 00:04.000\nSilent images, each in turn.\n')
  if (path === 'draco.glb') return dracoModel()
  if (path === 'meshopt.glb') return meshoptModel()
  if (path.endsWith('.glb')) return knot()
  if (path.endsWith('.pdf')) return booklet()
  if (path.endsWith('.md')) return Buffer.from(markdown)
  if (path.endsWith('.html')) return Buffer.from(interactive)
  return Buffer.alloc(64)
}

const sizeOf = (path: string): [number, number] =>
  path === 'poster.svg' ? [1200, 900] : path === 'portrait.svg' ? [1200, 1600] : [1600, 1200]

function picture(seed: string, [width, height]: [number, number]): string {
  const random = createHash('sha512').update(seed).digest()
  const at = (index: number): number => (random[index % random.length] ?? 0) / 255
  const hue = Math.round(at(0) * 360)
  const shapes = Array.from({ length: 60 }, (_, index) => {
    const x = Math.round(at(index + 1) * width)
    const y = Math.round(at(index * 2 + 3) * height)
    const size = Math.round(20 + at(index * 3 + 5) * 260)
    const fill = `hsl(${(hue + (index % 5) * 18) % 360} ${40 + (index % 4) * 12}% ${22 + ((index * 13) % 60)}%)`
    return index % 3 === 0
      ? `<rect x="${x}" y="${y}" width="${size}" height="${Math.round(size / 3)}" fill="${fill}"/>`
      : `<circle cx="${x}" cy="${y}" r="${Math.round(size / 2)}" fill="${fill}" opacity=".82"/>`
  }).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><path fill="hsl(${hue} 30% 78%)" d="M0 0h${width}v${height}H0z"/>${shapes}</svg>`
}

/** Two seconds of a quiet chord, 8 kHz mono. */
function tone(): Buffer {
  const rate = 8000
  const samples = rate * 2
  const buffer = Buffer.alloc(44 + samples * 2)
  buffer.write('RIFF', 0)
  buffer.writeUInt32LE(36 + samples * 2, 4)
  buffer.write('WAVEfmt ', 8)
  buffer.writeUInt32LE(16, 16)
  buffer.writeUInt16LE(1, 20)
  buffer.writeUInt16LE(1, 22)
  buffer.writeUInt32LE(rate, 24)
  buffer.writeUInt32LE(rate * 2, 28)
  buffer.writeUInt16LE(2, 32)
  buffer.writeUInt16LE(16, 34)
  buffer.write('data', 36)
  buffer.writeUInt32LE(samples * 2, 40)
  for (let i = 0; i < samples; i += 1) {
    const t = i / rate
    const level =
      Math.sin(t * 220 * 2 * Math.PI) + Math.sin(t * 277 * 2 * Math.PI) + Math.sin(t * 330 * 2 * Math.PI)
    buffer.writeInt16LE(Math.round(level * 1500), 44 + i * 2)
  }
  return buffer
}

const markdown = `# Wie niet telt

Een volkstelling is een lijst van wie erbij hoort. Deze tekst is een lijst van wie er niet op staat.

## Eén

Wie geen adres heeft, krijgt geen brief waarin staat dat zij zich kan laten inschrijven. *Zo eenvoudig is het*, en zo oud.

> Tellen is kiezen wat een eenheid is.

- de buurman die op de bank slaapt
- het kind dat nog geen naam heeft
- [een verwijzing naar buiten](https://example.org/)

<script>document.title = 'gekaapt'</script>

## Twee

Een model dat op de lijst is geoefend, kent alleen de lijst. Vraag het wie er ontbreekt, en het antwoordt: niemand.
`

const interactive = `<!doctype html><html lang="nl"><meta charset="utf-8"><title>Weer</title>
<style>body{margin:0;height:100vh;display:grid;place-items:center;background:#33202f;color:#f07fdc;font:700 9vw sans-serif}</style>
<p id="out">windstil</p>
<script>
let reached = 'opaak'
try { reached = parent.document.title } catch {}
document.getElementById('out').dataset.reached = reached
addEventListener('pointerdown', () => { document.getElementById('out').textContent = 'de wind draait' })
</script></html>`
