import type { Draft } from './model/draft.ts'
import { studioLimits } from './model/work-file-list.ts'
import type { HashedWork, LocalFile } from './send/hashed-work.ts'

/** A key file the artist asked this browser to remember: sealed, as it is on their stick. */
export interface KeptKey {
  readonly did: string
  readonly name: string
  readonly file: string
}

const stores = ['drafts', 'files', 'works', 'keys'] as const
type StoreName = (typeof stores)[number]

/**
 * What survives a closed tab, in the browser's IndexedDB: drafts, a copy of their files, what was hashed, and sealed keys where
 * the artist says so. Never an open key or a passphrase. Where the browser keeps nothing (a private window), all of it lasts
 * as long as the page.
 */
export class DraftStore {
  #database: Promise<IDBDatabase | null> | undefined
  readonly #memory = new Map<StoreName, Map<string, unknown>>(stores.map((name) => [name, new Map()]))

  /** Whether anything lasts beyond this page. */
  async lasts(): Promise<boolean> {
    return (await this.#open()) !== null
  }

  drafts(): Promise<Draft[]> {
    return this.#all<Draft>('drafts')
  }

  saveDraft(draft: Draft): Promise<void> {
    return this.#put('drafts', draft.id, draft)
  }

  async deleteDraft(id: string): Promise<void> {
    await this.#delete('drafts', id)
    await this.#delete('works', id)
    await this.#delete('files', id)
  }

  /** @returns false when there is too much of it, or no room: then the artist has to keep the page open, or choose the files again */
  async saveFiles(id: string, files: readonly LocalFile[]): Promise<boolean> {
    await this.#delete('works', id)
    await this.#delete('files', id)
    if (files.reduce((sum, { blob }) => sum + blob.size, 0) > studioLimits.keptBytes) return false
    try {
      await this.#put('files', id, files)
      return await this.lasts()
    } catch {
      // QuotaExceededError, or a phone that takes no blobs: the draft goes on without.
      return false
    }
  }

  async files(id: string): Promise<readonly LocalFile[]> {
    return (await this.#get<readonly LocalFile[]>('files', id)) ?? []
  }

  saveWork(id: string, work: HashedWork): Promise<void> {
    return this.#put('works', id, work)
  }

  work(id: string): Promise<HashedWork | undefined> {
    return this.#get<HashedWork>('works', id)
  }

  keys(): Promise<KeptKey[]> {
    return this.#all<KeptKey>('keys')
  }

  saveKey(key: KeptKey): Promise<void> {
    return this.#put('keys', key.did, key)
  }

  deleteKey(did: string): Promise<void> {
    return this.#delete('keys', did)
  }

  #open(): Promise<IDBDatabase | null> {
    return (this.#database ??= new Promise((resolve) => {
      try {
        const request = indexedDB.open('mesh-art-studio', 1)
        request.addEventListener('upgradeneeded', () => {
          for (const name of stores) request.result.createObjectStore(name)
        })
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => resolve(null))
        request.addEventListener('blocked', () => resolve(null))
      } catch {
        // A browser that forbids it throws at once: nothing lasts there.
        resolve(null)
      }
    }))
  }

  async #get<T>(store: StoreName, key: string): Promise<T | undefined> {
    const database = await this.#open()
    if (database === null) return this.#memory.get(store)?.get(key) as T | undefined
    return outcomeOf(database.transaction(store).objectStore(store).get(key)) as Promise<T | undefined>
  }

  async #all<T>(store: StoreName): Promise<T[]> {
    const database = await this.#open()
    if (database === null) return [...(this.#memory.get(store)?.values() ?? [])] as T[]
    return outcomeOf(database.transaction(store).objectStore(store).getAll()) as Promise<T[]>
  }

  async #put(store: StoreName, key: string, value: unknown): Promise<void> {
    const database = await this.#open()
    if (database === null) {
      this.#memory.get(store)?.set(key, structuredClone(value))
      return
    }
    const transaction = database.transaction(store, 'readwrite')
    transaction.objectStore(store).put(value, key)
    await endOf(transaction)
  }

  async #delete(store: StoreName, key: string): Promise<void> {
    const database = await this.#open()
    if (database === null) {
      this.#memory.get(store)?.delete(key)
      return
    }
    const transaction = database.transaction(store, 'readwrite')
    transaction.objectStore(store).delete(key)
    await endOf(transaction)
  }
}

function outcomeOf(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')))
  })
}

/** A transaction has room until it commits: only then is it known whether everything fits. */
function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('error', () => reject(transaction.error ?? new Error('IndexedDB')))
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('IndexedDB')))
  })
}
