import type { InspectionStore, KnownFile } from "../../store/inspection_store.ts";

/** Written at once, so that other processes need not wait long. */
const MOST = 500;

/** What is to be kept in a store, until there is enough of it to be written. */
export class InspectionBatch {
  readonly #store: InspectionStore;
  #files: [id: string, file: KnownFile][] = [];
  #values: [key: string, value: string][] = [];

  constructor(store: InspectionStore) {
    this.#store = store;
  }

  addFile(id: string, file: KnownFile): void {
    this.#files.push([id, file]);
    if (this.#files.length >= MOST) this.flush();
  }

  addValue(key: string, value: string): void {
    this.#values.push([key, value]);
    if (this.#values.length >= MOST) this.flush();
  }

  /** Writes all that there is. */
  flush(): void {
    if (this.#files.length + this.#values.length > 0) this.#store.put(this.#files, this.#values);
    [this.#files, this.#values] = [[], []];
  }
}
