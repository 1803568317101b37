'use strict'
/** Plays a few moves on the mesh by a clock of its own and draws where they lead. */
;(() => {
  const scale = 2
  const mesh = Mesh.create(600, 450)
  let now = 1000
  const run = (until) => {
    for (; now < until; now += 10) {
      Mesh.advance(mesh, now)
      for (const node of mesh.nodes) node.grown = node.grown.map((grown) => Math.min(1, grown + 10 / 420))
    }
  }
  const near = (x, y) =>
    mesh.nodes.reduce(
      (best, node, index) =>
        Math.hypot(node.x - x, node.y - y) < Math.hypot(mesh.nodes[best].x - x, mesh.nodes[best].y - y)
          ? index
          : best,
      0,
    )

  Mesh.tell(mesh, near(150, 150), now)
  run(8000)
  const side = (node) => node.y - (395 - node.x * 0.52) > 0
  for (const link of mesh.links)
    if (side(mesh.nodes[link.a]) !== side(mesh.nodes[link.b])) Mesh.cut(link, 0.5, now)
  run(9000)
  ;[
    [80, 80],
    [520, 380],
    [300, 60],
    [560, 250],
  ].forEach(([x, y], index) => {
    Mesh.tell(mesh, near(x, y), now)
    run(now + (index === 3 ? 1900 : 6000))
  })
  Drawing.draw(document.getElementById('poster').getContext('2d'), mesh, now, scale, false, false, {
    chosen: -1,
    knife: [],
  })
})()
