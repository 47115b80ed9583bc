import { webSocket } from './node.js';

/**
 * The WebSocket class that one Go instance sees, with a hand on every socket it
 * opened: those of an instance that died are closed, or the relay would go on
 * sending to them. Where the relay has several addresses, a socket takes the one
 * after that which did not answer. The console hears once that there is no link.
 */
export class Sockets {
  #open = new Set<WebSocket>();
  #made?: object;
  #failed = 0;
  #told = false;
  readonly #frame: (way: string, text: string) => void;

  /** `frame` is told what goes over them. */
  constructor(frame: (way: string, text: string) => void) {
    this.#frame = frame;
  }

  /** Undefined where there is none. Looked for when Go first dials: in Node that loads a package. */
  get constructable(): object | undefined {
    const Base = webSocket();
    if (!Base) return undefined;
    const dial = (addresses: string): WebSocket => {
      const list = addresses.split(' ');
      const url = list[this.#failed % list.length]!;
      const socket = new Base(url);
      let opened = false;
      // Both events, in either order or one alone; and ws ends the process over an `error` that nobody listens to.
      const gone = ({ code = 1006 }: Partial<CloseEvent>) => {
        if (!this.#open.delete(socket)) return;
        if (!opened) this.#failed++;
        if (this.#told || code !== 1006) return;
        this.#told = true;
        console.warn(
          opened
            ? `beckon: the link to ${url} is lost`
            : `beckon: no relay answers at ${url}, or it does not let this page's host in (its option -origins)`,
        );
      };
      this.#open.add(socket);
      const send = socket.send.bind(socket);
      socket.send = (text) => {
        this.#frame('sent', text as string);
        send(text);
      };
      socket.addEventListener('message', ({ data }) => this.#frame('received', data));
      socket.addEventListener('open', () => {
        opened = true;
        this.#told = false;
      });
      socket.addEventListener('close', gone);
      socket.addEventListener('error', gone as () => void);
      return socket;
    };
    // Go says `new`, which arrow functions do not take.
    return (this.#made ??= function (addresses: string) {
      return dial(addresses);
    });
  }

  closeAll(): void {
    this.#told = true; // nothing that is not meant
    for (const socket of this.#open) socket.close();
  }
}
