import { webSocket } from './node.js';

/**
 * The WebSocket class that one Go instance sees, with a hand on every socket it
 * opened: those of an instance that died are closed, or the relay would go on
 * sending to them.
 */
export class Sockets {
  #open = new Set<WebSocket>();
  #made?: object;

  /** Undefined where there is none. Looked for when Go first dials: in Node that loads a package. */
  get constructable(): object | undefined {
    const Base = webSocket();
    if (!Base) return undefined;
    const open = this.#open;
    return (this.#made ??= function (url: string): WebSocket {
      const socket = new Base(url);
      const forget = () => open.delete(socket);
      open.add(socket);
      socket.addEventListener('close', forget);
      // Also because ws ends the process over an `error` that nobody listens to.
      socket.addEventListener('error', forget);
      return socket;
    });
  }

  closeAll(): void {
    for (const socket of this.#open) socket.close();
  }
}
