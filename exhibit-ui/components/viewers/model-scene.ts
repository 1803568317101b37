import {
  ACESFilmicToneMapping,
  AnimationMixer,
  Box3,
  LoadingManager,
  Mesh,
  PerspectiveCamera,
  PMREMGenerator,
  Scene,
  Sphere,
  Spherical,
  Texture,
  TextureLoader,
  Timer,
  Vector3,
  WebGLRenderer,
} from 'three'
import type { Material, Object3D } from 'three'
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js'
import { RoomEnvironment } from 'three/examples/jsm/environments/RoomEnvironment.js'
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js'
import type { DRACOLoader } from 'three/examples/jsm/loaders/DRACOLoader.js'
import type { MeshoptDecoder } from 'three/examples/jsm/libs/meshopt_decoder.module.js'
import { ModelDecoders } from './model-decoders.ts'

/** Above this a screen gains nothing, and an old phone loses much. */
const mostPixelRatio = 2
const fieldOfView = 35
/** Room around the model. */
const margin = 1.15

/** A model on a canvas. Draws when something has changed, and all the time only while an animation plays. */
export class ModelScene {
  readonly #canvas: HTMLCanvasElement
  readonly #renderer: WebGLRenderer
  readonly #scene = new Scene()
  readonly #camera = new PerspectiveCamera(fieldOfView)
  readonly #controls: OrbitControls
  readonly #decoders = new ModelDecoders()
  readonly #timer = new Timer()
  #mixer: AnimationMixer | undefined
  #middle = new Vector3()
  #radius = 1
  #playing = false
  #inSight = true
  #asked = 0

  /** @throws {Error} where there is no WebGL */
  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true, powerPreference: 'low-power' })
    this.#renderer.setPixelRatio(Math.min(devicePixelRatio, mostPixelRatio))
    this.#renderer.toneMapping = ACESFilmicToneMapping
    const lights = new PMREMGenerator(this.#renderer)
    this.#scene.environment = lights.fromScene(new RoomEnvironment(), 0.04).texture
    lights.dispose()
    // A wheel moves the page, until the visitor has taken hold of the model. Before the controls, which take every turn.
    canvas.addEventListener('wheel', (event) => {
      if (!canvas.matches(':focus')) event.stopImmediatePropagation()
    })
    this.#controls = new OrbitControls(this.#camera, canvas)
    this.#controls.enablePan = false
    this.#controls.addEventListener('change', this.#draw)
    // A finger that goes up or down moves the page, as everywhere else.
    canvas.style.touchAction = 'pan-y'
  }

  /** @param base address of the folder of the work, the only place its parts may come from */
  async load(bytes: ArrayBuffer, base: string): Promise<{ moves: boolean }> {
    const manager = new LoadingManager()
    manager.setURLModifier((url) => (url.startsWith('blob:') || url.startsWith(base) ? url : ''))
    const loader = new GLTFLoader(manager)
    // As much of the two as the loader asks for.
    loader.setMeshoptDecoder(this.#decoders.meshopt as unknown as typeof MeshoptDecoder)
    loader.setDRACOLoader(this.#decoders.draco as unknown as DRACOLoader)
    loader.register((parser) => {
      // By an image, not by fetch: the page's policy lets no script fetch a blob.
      parser.textureLoader = new TextureLoader(manager)
      return { name: 'house_textures' }
    })
    const { scene, animations } = await loader.parseAsync(bytes, base)
    this.#decoders.stop()
    this.#scene.add(scene)
    const sphere = new Box3().setFromObject(scene).getBoundingSphere(new Sphere())
    this.#middle.copy(sphere.center)
    this.#radius = sphere.radius > 0 ? sphere.radius : 1
    const [first] = animations
    if (first !== undefined) {
      this.#mixer = new AnimationMixer(scene)
      this.#mixer.clipAction(first).play()
      this.#mixer.update(0)
    }
    this.resize()
    this.reset()
    return { moves: first !== undefined }
  }

  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas
    if (width === 0 || height === 0) return
    this.#renderer.setSize(width, height, false)
    this.#camera.aspect = width / height
    this.#camera.updateProjectionMatrix()
    this.#draw()
  }

  /** As it stood at first: seen from a little above and aside. */
  reset(): void {
    const half = (fieldOfView * Math.PI) / 360
    const narrow = Math.min(1, this.#camera.aspect)
    const far = (this.#radius * margin) / (Math.sin(half) * narrow)
    this.#camera.near = far / 100
    this.#camera.far = far * 20
    this.#camera.updateProjectionMatrix()
    this.#camera.position
      .copy(this.#middle)
      .add(new Vector3().setFromSpherical(new Spherical(far, 1.25, 0.5)))
    this.#controls.minDistance = this.#radius * 0.2
    this.#controls.maxDistance = far * 4
    this.#controls.target.copy(this.#middle)
    this.#controls.update()
    this.#draw()
  }

  /** Radians to the right and up. */
  turn(right: number, up: number): void {
    const way = new Spherical().setFromVector3(this.#camera.position.clone().sub(this.#middle))
    way.theta += right
    way.phi = Math.min(Math.PI - 0.05, Math.max(0.05, way.phi - up))
    this.#camera.position.copy(this.#middle).add(new Vector3().setFromSpherical(way))
    this.#controls.update()
  }

  zoom(factor: number): void {
    const way = this.#camera.position.clone().sub(this.#middle).divideScalar(factor)
    this.#camera.position.copy(this.#middle).add(way)
    this.#controls.update()
  }

  get playing(): boolean {
    return this.#playing
  }

  play(playing: boolean): void {
    this.#playing = playing
    this.#run()
  }

  /** Out of sight nothing moves. */
  seen(inSight: boolean): void {
    this.#inSight = inSight
    this.#run()
    if (inSight) this.#draw()
  }

  stop(): void {
    this.#renderer.setAnimationLoop(null)
    cancelAnimationFrame(this.#asked)
    this.#decoders.stop()
    this.#controls.dispose()
    this.#scene.environment?.dispose()
    this.#scene.traverse(dispose)
    this.#renderer.dispose()
    this.#renderer.forceContextLoss()
  }

  #run(): void {
    if (!this.#playing || !this.#inSight) {
      this.#renderer.setAnimationLoop(null)
      return
    }
    this.#timer.reset()
    this.#renderer.setAnimationLoop(() => {
      this.#timer.update()
      this.#mixer?.update(this.#timer.getDelta())
      this.#renderer.render(this.#scene, this.#camera)
    })
  }

  readonly #draw = (): void => {
    if (this.#asked !== 0) return
    this.#asked = requestAnimationFrame(() => {
      this.#asked = 0
      this.#renderer.render(this.#scene, this.#camera)
    })
  }
}

function dispose(object: Object3D): void {
  if (!(object instanceof Mesh)) return
  object.geometry.dispose()
  const materials = [object.material].flat() as Material[]
  for (const material of materials) {
    for (const value of Object.values(material)) if (value instanceof Texture) value.dispose()
    material.dispose()
  }
}
