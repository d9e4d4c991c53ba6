/** Documents that wait to leave: too large for the storage that keeps words, so kept in IndexedDB, under the id of their message. */

export interface FileStore {
  /** False where the browser keeps nothing (private mode, a full disk): the document lives as long as the page. */
  keep(id: string, file: File): Promise<boolean>;
  /** Null if it is not there any more. */
  file(id: string): Promise<File | null>;
  drop(id: string): Promise<void>;
  /** All of them. */
  forget(): Promise<void>;
}

const DATABASE = "quebec-ville-etudes";
const FILES = "files";

export class IndexedFiles implements FileStore {
  async keep(id: string, file: File): Promise<boolean> {
    const kept = await attempt("readwrite", (files) => files.put(file, id));
    return kept !== undefined;
  }

  async file(id: string): Promise<File | null> {
    const found: unknown = await attempt("readonly", (files) => files.get(id));
    return found instanceof File ? found : null;
  }

  async drop(id: string): Promise<void> {
    await attempt("readwrite", (files) => files.delete(id));
  }

  async forget(): Promise<void> {
    await attempt("readwrite", (files) => files.clear());
  }
}

/** Undefined when it fails, whatever the reason. */
async function attempt<T>(mode: IDBTransactionMode, act: (files: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const database = await opened();
    try {
      return await done(act(database.transaction(FILES, mode).objectStore(FILES)));
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

function opened(): Promise<IDBDatabase> {
  const asked = indexedDB.open(DATABASE, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(FILES);
  return done(asked);
}

/** A write is kept when its transaction is, not when it was asked for. */
function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const { transaction, result } = asked;
      if (!transaction || transaction.mode !== "readwrite") return resolve(result);
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(transaction.error);
    };
  });
}
