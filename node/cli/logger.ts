import { pino } from 'pino'
import type { DestinationStream, Logger, MultiStreamRes } from 'pino'
import type { LogLevel } from '../config.ts'
import type { LogRing } from '../technician/log-ring.ts'
import { oneLine } from './errors.ts'

/** What happened and where, without the stack: that is for whoever asks for `debug`. */
function summary(error: unknown): string {
  return oneLine(error)
}

function both(stream: DestinationStream, level: LogLevel, ring: LogRing): MultiStreamRes {
  const streamLevel = level === 'silent' ? 'fatal' : level
  return pino.multistream([
    { stream, level: streamLevel },
    { stream: ring, level: streamLevel },
  ])
}

/** Logs go to stderr: readable lines on a terminal, JSON elsewhere (a journal keeps its own time). Nothing is written to disk. @param ring keeps the last lines for diagnostics */
export async function createLogger(level: LogLevel, ring: LogRing): Promise<Logger> {
  const isForDevelopers = level === 'debug' || level === 'trace'
  const options = { level, base: null, ...(isForDevelopers ? {} : { serializers: { err: summary } }) }
  if (!process.stderr.isTTY)
    return pino({ ...options, timestamp: false }, both(pino.destination({ fd: 2, sync: false }), level, ring))
  const { default: pretty } = await import('pino-pretty')
  return pino(
    options,
    both(
      pretty({ destination: 2, colorize: true, translateTime: 'HH:MM:ss', ignore: 'part', sync: true }),
      level,
      ring,
    ),
  )
}
