/** Node's `fs` as far as Go uses it: what Go writes in one go is one message on the console. */
export class Stderr {
  #decoder = new TextDecoder();
  #unprinted = '';

  // O_RDWR and the like, which Go reads when it starts; there is nothing to open.
  readonly constants = new Proxy({}, { get: () => -1 });

  writeSync(_fd: number, bytes: Uint8Array): number {
    if (!this.#unprinted) queueMicrotask(() => this.#print());
    this.#unprinted += this.#decoder.decode(bytes, { stream: true });
    return bytes.length;
  }

  write(fd: number, bytes: Uint8Array, _offset: number, _length: number, _position: null, done: (error: null, n: number) => void): void {
    done(null, this.writeSync(fd, bytes));
  }

  /** The line that says why Go dies, while it does. */
  lastWords(): string | undefined {
    return this.#unprinted.match(/^(panic|fatal error): .*/m)?.[0];
  }

  #print(): void {
    console.error(this.#unprinted.trimEnd());
    this.#unprinted = '';
  }
}
