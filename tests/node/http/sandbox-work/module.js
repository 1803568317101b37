import { lib } from './lib.js'

/** Says what became of something tried: `ok …` or `no …`. */
async function outcome(attempt) {
  const late = new Promise((resolve) => setTimeout(() => resolve('no answer'), 1500))
  try {
    return await Promise.race([Promise.resolve(attempt()).then((value) => `ok ${String(value)}`), late])
  } catch (error) {
    return `no ${error.name ?? error.type ?? error}`
  }
}

/** Resolves when an element loaded, rejects when it did not. */
function loaded(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes)
    element.onload = () => resolve('loaded')
    element.onerror = () => reject(new Error('error'))
    document.body.append(element)
  })
}

function workerOf(url) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url)
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = () => reject(new Error('error'))
  })
}

const blob = (code) => URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
const other = new URLSearchParams(location.search).get('other')

const own = {
  classic: await outcome(() => globalThis.classic),
  module: await outcome(() => lib),
  inline: await outcome(() => Reflect.construct(Function, ['return "evaluated"'])()),
  css: await outcome(() => getComputedStyle(document.getElementById('text')).color),
  picture: await outcome(async () => {
    const picture = document.getElementById('picture')
    await picture.decode()
    return picture.naturalWidth
  }),
  font: await outcome(async () => (await document.fonts.load('12px Probe')).length),
  fetch: await outcome(async () => (await (await fetch('data.json')).json()).own),
  dynamicImport: await outcome(async () => (await import('./lib.js')).lib),
  blobWorker: await outcome(() => workerOf(blob('postMessage("worker ran")'))),
}

const api = '/api/v1/node'
const forbidden = {
  fetch: await outcome(async () => (await fetch(`${api}?fetch`)).status),
  fetchNoCors: await outcome(async () => (await fetch(`${api}?nocors`, { mode: 'no-cors' })).type),
  fetchPost: await outcome(
    async () => (await fetch('/api/v1/records', { method: 'POST', mode: 'no-cors', body: 'x' })).type,
  ),
  fetchPage: await outcome(async () => (await fetch('/nl/?fetch', { mode: 'no-cors' })).type),
  beacon: await outcome(async () => {
    if (!navigator.sendBeacon('/api/v1/records?beacon', 'x')) throw new Error('refused')
    // A beacon that the policy stops is taken all the same: whether it left is seen at the server.
    throw new Error('unknown')
  }),
  xhr: await outcome(
    () =>
      new Promise((resolve, reject) => {
        const xhr = new XMLHttpRequest()
        xhr.onload = () => resolve(xhr.status)
        xhr.onerror = () => reject(new Error('error'))
        xhr.open('GET', `${api}?xhr`)
        xhr.send()
      }),
  ),
  image: await outcome(() => loaded('img', { src: `${api}?image` })),
  script: await outcome(() => loaded('script', { src: `${api}?script` })),
  frame: await outcome(() => loaded('object', { data: `${api}?object` })),
  otherWorkImport: await outcome(async () => (await import(`/works/${other}/lib.js`)).lib),
  otherWorkFetch: await outcome(async () => (await fetch(`/works/${other}/lib.js`)).text()),
  otherWorkImage: await outcome(() => loaded('img', { src: `/works/${other}/picture.svg` })),
  socket: await outcome(
    () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://${new URL(import.meta.url).host}/api/v1/events?socket`)
        socket.onopen = () => resolve('open')
        socket.onerror = () => reject(new Error('error'))
      }),
  ),
  eventSource: await outcome(
    () =>
      new Promise((resolve, reject) => {
        const source = new EventSource('/api/v1/events?source')
        source.onopen = () => resolve('open')
        source.onerror = () => reject(new Error('error'))
      }),
  ),
  workerFetch: await outcome(() =>
    workerOf(
      blob(
        `fetch('http://${new URL(import.meta.url).host}${api}?worker').then((r) => postMessage(r.status), () => { throw new Error('refused') })`,
      ),
    ),
  ),
  parentDocument: await outcome(() => parent.document.title),
  topNavigation: await outcome(() => {
    if (top === window) throw new Error('no parent')
    top.location = `${api}?top`
    return 'assigned'
  }),
  popup: await outcome(() => {
    if (window.open(`${api}?popup`) === null) throw new Error('refused')
    return 'opened'
  }),
  form: await outcome(() => {
    const form = Object.assign(document.createElement('form'), {
      method: 'post',
      action: '/api/v1/records?form',
    })
    document.body.append(form)
    form.submit()
    throw new Error('unknown')
  }),
  localStorage: await outcome(() => localStorage.setItem('a', 'b')),
  cookie: await outcome(() => (document.cookie = 'a=b')),
  indexedDb: await outcome(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('a')
        request.onsuccess = () => resolve('opened')
        request.onerror = () => reject(request.error)
      }),
  ),
  serviceWorker: await outcome(() => navigator.serviceWorker.register('worker.js')),
}

const result = { origin: globalThis.origin, own, forbidden }
globalThis.result = result
parent.postMessage(result, '*')
// Last, since nothing runs after it: a work that leads its own frame elsewhere.
if (new URLSearchParams(location.search).has('leave')) location.href = `${api}?leave`
