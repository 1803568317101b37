'use strict'
/** Hands, keys and time. Draws only while something changes. */
;(() => {
  const canvas = document.getElementById('mesh')
  const pen = canvas.getContext('2d', { alpha: false })
  const state = document.getElementById('state')
  const healing = document.getElementById('heal')
  const pulse = document.getElementById('pulse')
  const darkness = matchMedia('(prefers-color-scheme: dark)')
  const stillness = matchMedia('(prefers-reduced-motion: reduce)')

  document.documentElement.lang = words.lang
  canvas.setAttribute('aria-label', words.label)
  document.getElementById('hint').textContent = words.hint
  healing.textContent = words.heal
  pulse.textContent = words.pulse

  const marks = { chosen: -1, knife: [] }
  let mesh
  let scale = 1
  let awake = false
  let last = 0
  let alone = !stillness.matches
  let nextTale = performance.now() + 1400
  let stroke = null

  function wake() {
    if (awake || mesh === undefined) return
    awake = true
    last = performance.now()
    requestAnimationFrame(frame)
  }

  function report() {
    const text = words.state(Mesh.informed(mesh), mesh.nodes.length, Mesh.islands(mesh))
    if (state.textContent !== text) state.textContent = text
  }

  function grow(step) {
    let growing = false
    for (const node of mesh.nodes) {
      for (let slot = 0; slot < Mesh.places; slot += 1) {
        if (node.grown[slot] >= 1) continue
        node.grown[slot] = stillness.matches ? 1 : Math.min(1, node.grown[slot] + step / 420)
        growing = true
      }
    }
    return growing
  }

  function frame(now) {
    const step = Math.min(50, Math.max(0, now - last))
    last = now
    const moving = Mesh.advance(mesh, now)
    const growing = grow(step)
    const settling = mesh.links.some(
      (link) => now - link.carried < 1000 || (link.cutAt > 0 && now - link.cutAt < 400),
    )
    Drawing.draw(pen, mesh, now, scale, darkness.matches, stillness.matches, marks)
    report()
    if (moving || growing || settling || stroke !== null) requestAnimationFrame(frame)
    else awake = false
  }

  function fit() {
    const box = canvas.getBoundingClientRect()
    const width = Math.round(box.width)
    const height = Math.round(box.height)
    if (width < 10 || height < 10) return
    scale = Math.min(2, window.devicePixelRatio || 1)
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    if (mesh === undefined || Math.abs(mesh.width - width) > 1 || Math.abs(mesh.height - height) > 1) {
      const before = mesh
      mesh = Mesh.create(width, height)
      if (before !== undefined) {
        mesh.stamp = before.stamp
        mesh.nodes.forEach((node, index) => {
          const known = before.nodes[index % before.nodes.length].knows
          node.knows = known.slice()
        })
      }
      marks.chosen = -1
      stroke = null
      marks.knife = []
    }
    wake()
  }

  function nearest(point, within) {
    let best = -1
    let distance = within
    mesh.nodes.forEach((node, index) => {
      const away = Math.hypot(node.x - point.x, node.y - point.y)
      if (away < distance) {
        distance = away
        best = index
      }
    })
    return best
  }

  /** Where, along the link from a to b, the stroke from p to q crosses it; null if it does not. */
  function crossing(link, p, q) {
    const a = mesh.nodes[link.a]
    const b = mesh.nodes[link.b]
    const across = (b.x - a.x) * (q.y - p.y) - (b.y - a.y) * (q.x - p.x)
    if (across === 0) return null
    const along = ((p.x - a.x) * (q.y - p.y) - (p.y - a.y) * (q.x - p.x)) / across
    const stroked = ((p.x - a.x) * (b.y - a.y) - (p.y - a.y) * (b.x - a.x)) / across
    return along > 0 && along < 1 && stroked >= 0 && stroked <= 1 ? along : null
  }

  function slice(from, to, now) {
    for (const link of mesh.links) {
      const place = crossing(link, from, to)
      if (place !== null) Mesh.cut(link, place, now)
    }
  }

  function told(index) {
    alone = false
    pulse.setAttribute('aria-pressed', 'false')
    Mesh.tell(mesh, index, performance.now())
    wake()
  }

  const point = (event) => {
    const box = canvas.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (stroke !== null || !event.isPrimary) return
    canvas.setPointerCapture(event.pointerId)
    stroke = { start: point(event), moved: false }
    marks.chosen = -1
    marks.knife = [stroke.start]
    wake()
  })

  canvas.addEventListener('pointermove', (event) => {
    if (stroke === null || !event.isPrimary) return
    const at = point(event)
    if (!stroke.moved && Math.hypot(at.x - stroke.start.x, at.y - stroke.start.y) < 10) return
    stroke.moved = true
    alone = false
    pulse.setAttribute('aria-pressed', 'false')
    slice(marks.knife[marks.knife.length - 1], at, performance.now())
    marks.knife.push(at)
    if (marks.knife.length > 9) marks.knife.shift()
    wake()
  })

  function lift(event) {
    if (stroke === null || !event.isPrimary) return
    const tapped = !stroke.moved && event.type === 'pointerup'
    const at = stroke.start
    stroke = null
    marks.knife = []
    if (tapped) {
      const index = nearest(at, mesh.spacing)
      if (index >= 0) told(index)
    }
    wake()
  }
  canvas.addEventListener('pointerup', lift)
  canvas.addEventListener('pointercancel', lift)

  function heal() {
    const now = performance.now()
    for (const link of mesh.links) Mesh.mend(mesh, link, now)
    wake()
  }
  healing.addEventListener('click', heal)

  pulse.addEventListener('click', () => {
    alone = !alone
    pulse.setAttribute('aria-pressed', String(alone))
    nextTale = performance.now()
  })
  pulse.setAttribute('aria-pressed', String(alone))

  const headings = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 }

  function step(heading) {
    const from = mesh.nodes[marks.chosen]
    let best = marks.chosen
    let least = Infinity
    mesh.nodes.forEach((node, index) => {
      if (index === marks.chosen) return
      const away = Math.hypot(node.x - from.x, node.y - from.y)
      const turn = Math.atan2(node.y - from.y, node.x - from.x) - heading
      const off = Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)))
      const cost = away * (1 + off * 2)
      if (off < 1.1 && cost < least) {
        least = cost
        best = index
      }
    })
    marks.chosen = best
  }

  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const known = key in headings || ['Enter', ' ', 'x', 'h', 'Delete'].includes(key)
    if (!known) return
    event.preventDefault()
    if (marks.chosen < 0) marks.chosen = nearest({ x: mesh.width / 2, y: mesh.height / 2 }, Infinity)
    else if (key in headings) step(headings[key])
    if (key === 'Enter' || key === ' ') told(marks.chosen)
    if (key === 'h') heal()
    if (key === 'x' || key === 'Delete')
      for (const link of mesh.nodes[marks.chosen].links) Mesh.cut(link, 0.5, performance.now())
    const chosen = mesh.nodes[marks.chosen]
    canvas.setAttribute(
      'aria-label',
      words.node(
        marks.chosen + 1,
        chosen.links.filter((link) => link.whole).length,
        chosen.knows.filter((stamp) => stamp > 0).length,
      ),
    )
    wake()
  })
  canvas.addEventListener('focus', () => {
    if (canvas.matches(':focus-visible') && marks.chosen < 0)
      marks.chosen = nearest({ x: mesh.width / 2, y: mesh.height / 2 }, Infinity)
    wake()
  })
  canvas.addEventListener('blur', () => {
    marks.chosen = -1
    canvas.setAttribute('aria-label', words.label)
    wake()
  })

  /** Left alone, someone somewhere says something now and then. */
  setInterval(() => {
    const now = performance.now()
    if (!alone || document.hidden || mesh === undefined || now < nextTale) return
    nextTale = now + 7000
    Mesh.tell(mesh, Math.floor(mesh.random() * mesh.nodes.length), now)
    wake()
  }, 500)

  new ResizeObserver(fit).observe(canvas)
  darkness.addEventListener('change', wake)
  stillness.addEventListener('change', wake)
  fit()
})()
