/** The room the voices sit in, and the last hand on the mix. */
import { rate } from './synth.ts'

export interface Stereo {
  readonly left: Float32Array
  readonly right: Float32Array
}

export const silence = (samples: number): Stereo => ({
  left: new Float32Array(samples),
  right: new Float32Array(samples),
})

/** Puts a sound in its place: level and, for the far ear, up to 0.6 ms of delay. */
export function place(into: Stereo, sound: Float32Array, at: number, pan: number, gain: number): void {
  const start = Math.max(0, Math.round(at * rate))
  const angle = ((pan + 1) * Math.PI) / 4
  const late = Math.round(Math.abs(pan) * 0.0006 * rate)
  const leftStart = start + (pan > 0 ? late : 0)
  const rightStart = start + (pan < 0 ? late : 0)
  const leftGain = Math.cos(angle) * gain
  const rightGain = Math.sin(angle) * gain
  for (let sample = 0; sample < sound.length; sample += 1) {
    const value = sound[sample] ?? 0
    const left = leftStart + sample
    const right = rightStart + sample
    if (left < into.left.length) into.left[left] = (into.left[left] ?? 0) + value * leftGain
    if (right < into.right.length) into.right[right] = (into.right[right] ?? 0) + value * rightGain
  }
}

/** Feedback delay network: eight lines mixed by a Householder matrix, high notes fading first. */
export function reverberate(dry: Stereo, seconds: number): Stereo {
  const lengths = [1231, 1487, 1783, 1999, 2251, 2557, 2861, 3137]
  const lines = lengths.map((length) => new Float32Array(length))
  const damped = new Float32Array(8)
  const feedback = lengths.map((length) => 10 ** ((-3 * length) / (seconds * rate)))
  const early = Math.round(0.019 * rate)
  const wet = silence(dry.left.length)
  const outs = new Float32Array(8)
  for (let sample = 0; sample < dry.left.length; sample += 1) {
    let sum = 0
    for (let line = 0; line < 8; line += 1) {
      const buffer = lines[line]
      const value = buffer?.[sample % buffer.length] ?? 0
      const dull = (damped[line] ?? 0) + (value - (damped[line] ?? 0)) * 0.42
      damped[line] = dull
      outs[line] = dull
      sum += dull
    }
    const left = dry.left[sample - early] ?? 0
    const right = dry.right[sample - early] ?? 0
    for (let line = 0; line < 8; line += 1) {
      const buffer = lines[line]
      if (buffer === undefined) continue
      const input = line % 2 === 0 ? left : right
      buffer[sample % buffer.length] = input * 0.35 + ((outs[line] ?? 0) - sum / 4) * (feedback[line] ?? 0)
    }
    wet.left[sample] = (outs[0] ?? 0) - (outs[2] ?? 0) + (outs[4] ?? 0) - (outs[5] ?? 0)
    wet.right[sample] = (outs[1] ?? 0) - (outs[3] ?? 0) + (outs[7] ?? 0) - (outs[6] ?? 0)
  }
  return wet
}

/** Rounds peaks off softly above two thirds, and fades both ends. */
export function finish(mix: Stereo, gain: number, fadeOut: number): void {
  const knee = 0.62
  const soft = (value: number): number => {
    const size = Math.abs(value)
    return size < knee
      ? value
      : Math.sign(value) * (knee + (0.86 - knee) * Math.tanh((size - knee) / (0.86 - knee)))
  }
  const count = mix.left.length
  for (const channel of [mix.left, mix.right]) {
    for (let sample = 0; sample < count; sample += 1) {
      const fade = Math.min(1, sample / (0.05 * rate), (count - sample) / (fadeOut * rate))
      channel[sample] = soft((channel[sample] ?? 0) * gain) * fade
    }
  }
}

/** 16-bit WAV. */
export function wav(mix: Stereo): Buffer {
  const count = mix.left.length
  const file = Buffer.alloc(44 + count * 4)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + count * 4, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(2, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate * 4, 28)
  file.writeUInt16LE(4, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(count * 4, 40)
  for (let sample = 0; sample < count; sample += 1) {
    file.writeInt16LE(Math.round((mix.left[sample] ?? 0) * 32_767), 44 + sample * 4)
    file.writeInt16LE(Math.round((mix.right[sample] ?? 0) * 32_767), 46 + sample * 4)
  }
  return file
}
