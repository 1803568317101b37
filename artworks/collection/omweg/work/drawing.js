'use strict'

/** Draws the mesh on a canvas: hairlines, and a flower at each node with a petal for each message it knows. */
globalThis.Drawing = (() => {
  const light = {
    paper: '#f3f0e8',
    ink: '#161410',
    inks: ['#a3128c', '#f5b800', '#2440d8', '#d8381f', '#0b7a4a', '#161410'],
  }
  const dark = {
    paper: '#12110e',
    ink: '#f1ede2',
    inks: ['#f07fdc', '#ffd24a', '#8ea0ff', '#ff7a5f', '#45c98d', '#f1ede2'],
  }
  const forms = ['disc', 'leaf', 'quarter', 'square', 'half', 'triangle']

  /** A petal of unit size that starts at the heart and points along the x axis. */
  function petal(pen, form, size) {
    const s = size
    pen.beginPath()
    switch (form) {
      case 'disc':
        pen.arc(s * 0.62, 0, s * 0.36, 0, Math.PI * 2)
        break
      case 'leaf':
        pen.moveTo(s * 0.14, 0)
        pen.quadraticCurveTo(s * 0.55, -s * 0.62, s * 1.05, 0)
        pen.quadraticCurveTo(s * 0.55, s * 0.62, s * 0.14, 0)
        break
      case 'quarter':
        pen.moveTo(s * 0.24, -s * 0.34)
        pen.lineTo(s * 0.24, s * 0.34)
        pen.lineTo(s * 0.3, s * 0.34)
        pen.arc(s * 0.3, -s * 0.34, s * 0.68, Math.PI / 2, 0, true)
        pen.closePath()
        break
      case 'square':
        pen.rect(s * 0.3, -s * 0.31, s * 0.62, s * 0.62)
        break
      case 'half':
        pen.arc(s * 0.46, 0, s * 0.46, -Math.PI / 2, Math.PI / 2)
        pen.closePath()
        break
      default:
        pen.moveTo(s * 0.2, 0)
        pen.lineTo(s * 0.98, -s * 0.42)
        pen.lineTo(s * 0.98, s * 0.42)
        pen.closePath()
    }
    pen.fill()
  }

  /** Each message has a form and an ink of its own, and never two alike in a row. */
  function look(stamp, slot, palette) {
    const round = Math.floor((stamp - 1) / Mesh.places)
    return { form: forms[(slot + round * 2) % forms.length], ink: palette.inks[(slot + round * 3) % 6] }
  }

  function ease(t) {
    const x = Math.min(1, Math.max(0, t))
    return 1 - (1 - x) ** 3
  }

  function drawLink(pen, link, from, to, now, palette, calm) {
    const since = (now - link.cutAt) / (calm ? 1 : 340)
    const open = link.cutAt === 0 ? 0 : link.whole ? 1 - ease(since) : ease(since)
    const gap = open * 0.36
    const at = link.cutPlace
    pen.beginPath()
    pen.moveTo(from.x, from.y)
    if (gap < 0.004) pen.lineTo(to.x, to.y)
    else {
      const first = Math.max(0.12, at - gap)
      const second = Math.min(0.88, at + gap)
      pen.lineTo(from.x + (to.x - from.x) * first, from.y + (to.y - from.y) * first)
      pen.moveTo(from.x + (to.x - from.x) * second, from.y + (to.y - from.y) * second)
      pen.lineTo(to.x, to.y)
    }
    const used = calm ? 0 : Math.max(0, 1 - (now - link.carried) / 900)
    pen.lineWidth = 1.4 + used * 1.8
    pen.strokeStyle = palette.ink
    pen.stroke()
  }

  function drawNode(pen, node, size, palette) {
    node.knows.forEach((stamp, slot) => {
      if (stamp === 0) return
      const { form, ink } = look(stamp, slot, palette)
      pen.save()
      pen.translate(node.x, node.y)
      pen.rotate((slot * Math.PI) / 3 - Math.PI / 2)
      pen.fillStyle = ink
      petal(pen, form, size * ease(node.grown[slot]))
      pen.restore()
    })
    pen.beginPath()
    pen.arc(node.x, node.y, Math.max(3.6, size * 0.17), 0, Math.PI * 2)
    pen.fillStyle = palette.paper
    pen.fill()
    pen.lineWidth = 1.6
    pen.strokeStyle = palette.ink
    pen.stroke()
  }

  function drawParcel(pen, mesh, parcel, now, size, palette) {
    const t = (now - parcel.start) / parcel.lasts
    if (t <= 0 || t >= 1) return
    const from = mesh.nodes[parcel.from]
    const to = mesh.nodes[parcel.to]
    const along = t * t * (3 - 2 * t)
    const { form, ink } = look(parcel.stamp, parcel.slot, palette)
    const x = from.x + (to.x - from.x) * along
    const y = from.y + (to.y - from.y) * along
    pen.save()
    pen.translate(x, y)
    pen.rotate(Math.atan2(to.y - from.y, to.x - from.x))
    pen.translate(-size * 0.36, 0)
    pen.fillStyle = ink
    petal(pen, form, size * 0.6)
    pen.restore()
  }

  /** `marks`: the node under the keyboard, the stroke of the knife. `calm`: nothing between two states. */
  function draw(pen, mesh, now, scale, isDark, calm, marks) {
    const palette = isDark ? dark : light
    const size = mesh.spacing * 0.4
    pen.setTransform(scale, 0, 0, scale, 0, 0)
    pen.fillStyle = palette.paper
    pen.fillRect(0, 0, mesh.width, mesh.height)
    for (const link of mesh.links)
      drawLink(pen, link, mesh.nodes[link.a], mesh.nodes[link.b], now, palette, calm)
    for (const node of mesh.nodes) drawNode(pen, node, size, palette)
    if (!calm) for (const parcel of mesh.parcels) drawParcel(pen, mesh, parcel, now, size, palette)
    const chosen = mesh.nodes[marks.chosen]
    if (chosen !== undefined) {
      pen.beginPath()
      pen.arc(chosen.x, chosen.y, size * 1.24, 0, Math.PI * 2)
      pen.lineWidth = 3
      pen.strokeStyle = palette.ink
      pen.stroke()
    }
    if (marks.knife.length > 1) {
      pen.beginPath()
      marks.knife.forEach((point, index) =>
        index === 0 ? pen.moveTo(point.x, point.y) : pen.lineTo(point.x, point.y),
      )
      pen.lineWidth = 3
      pen.lineCap = 'round'
      pen.strokeStyle = palette.inks[0]
      pen.stroke()
      pen.lineCap = 'butt'
    }
  }

  return { draw }
})()
