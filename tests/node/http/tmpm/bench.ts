import { fork } from 'node:child_process'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
const child = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), process.argv.slice(2), {
  execArgv: process.argv[3] === 'prof' ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : ['--expose-gc'],
})
const msg = () => new Promise<any>((r) => child.once('message', r))
const { port, root } = await msg()
const stat = async () => {
  child.send('cpu')
  return msg()
}
const M = 1024 * 1024
// raw client: reads until n bytes of content
function get(path: string, expect: number): Promise<void> {
  return new Promise((res, rej) => {
    const s = connect(port, '127.0.0.1')
    let n = 0
    s.on('data', (d) => {
      n += d.length
      if (n >= expect) {
        s.destroy()
        res()
      }
    })
    s.on('error', rej)
    s.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
  })
}
for (let i = 0; i < 4; i++) {
  const a = await stat()
  const t = performance.now()
  await get(`/works/${root}/big.bin`, 200 * M)
  const dt = performance.now() - t
  const b = await stat()
  const cpu = (b.cpu.user + b.cpu.system - a.cpu.user - a.cpu.system) / 1000
  console.log(
    '200MiB',
    Math.round(200 / (dt / 1000)),
    'MiB/s; cpu',
    Math.round(cpu),
    'ms =',
    (((cpu / 200) * 1024) / 1000).toFixed(2),
    's/GiB; rss',
    Math.round(b.rss / M),
  )
}
// 4KiB keepalive, 8 connections
async function small(path: string, total: number, conns: number) {
  const a = await stat()
  const t = performance.now()
  let done = 0
  await Promise.all(
    Array.from(
      { length: conns },
      () =>
        new Promise<void>((res, rej) => {
          const s = connect(port, '127.0.0.1')
          let buf = 0,
            need = -1
          let head = ''
          const req = () => {
            if (done >= total) {
              s.destroy()
              res()
              return
            }
            done++
            head = ''
            need = -1
            s.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
          }
          s.on('data', (d) => {
            if (need < 0) {
              head += d.toString('latin1')
              const i = head.indexOf('\r\n\r\n')
              if (i < 0) return
              const l = Number(/content-length: (\d+)/i.exec(head)![1])
              need = l
              buf = head.length - i - 4
            } else buf += d.length
            if (need >= 0 && buf >= need) req()
          })
          s.on('error', rej)
          req()
        }),
    ),
  )
  const dt = performance.now() - t
  const b = await stat()
  const cpu = (b.cpu.user + b.cpu.system - a.cpu.user - a.cpu.system) / 1000
  console.log(
    path.slice(-20),
    Math.round(total / (dt / 1000)),
    'req/s; cpu/req',
    ((cpu / total) * 1000).toFixed(0),
    'us; rss',
    Math.round(b.rss / M),
  )
}
for (let i = 0; i < 3; i++) await small(`/works/${root}/small.txt`, 10000, 8)
await small('/api/v1/artworks', 3000, 8)
await small('/healthz', 5000, 8)
// 30 parallel slow readers: rss
const socks = Array.from({ length: 40 }, () => {
  const s = connect(port, '127.0.0.1')
  s.write(`GET /works/${root}/big.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
  s.pause()
  return s
})
await new Promise((r) => setTimeout(r, 3000))
{ const q = await stat(); console.log('40 stalled', Math.round(q.rss / M), 'ab', Math.round(q.ab / M)) }
socks.forEach((s) => s.destroy())
child.send('stop')
