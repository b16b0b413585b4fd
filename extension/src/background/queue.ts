// What came and was not taken yet. One taker at a time. Pure but for the clock of `setTimeout`.

/** Nothing came in time, or nothing will. */
export class NothingCame extends Error {}

export class Queue<T> {
  readonly #came: T[] = [];
  #taker: { take: (item: T) => void; give_up: () => void } | null = null;
  #ended = false;

  get has_ended(): boolean {
    return this.#ended;
  }

  put(item: T): void {
    if (this.#taker) this.#taker.take(item);
    else this.#came.push(item);
  }

  /** Nothing more will come. */
  end(): void {
    this.#ended = true;
    this.#taker?.give_up();
  }

  /** The next, waited for so long; null for as long as it takes. */
  next(milliseconds: number | null): Promise<T> {
    const [item] = this.#came.splice(0, 1);
    if (item !== undefined) return Promise.resolve(item);
    if (this.#ended) return Promise.reject(new NothingCame());
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.#taker = null;
      };
      const give_up = () => {
        end();
        reject(new NothingCame());
      };
      const timer = milliseconds === null ? undefined : setTimeout(give_up, milliseconds);
      this.#taker = {
        give_up,
        take: (item) => {
          end();
          resolve(item);
        },
      };
    });
  }
}
