// What two pages tell each other about their media, as texts that fit into a
// signal's attachExt. A session description does not, so letters travel in parts.

/** What one side of a conversation tells the other. */
export type Letter =
  /** I am here, under the `from` of this letter. `again`: my link was away, so send once more what you still wait for. */
  | { hello: true; again?: true }
  | { description: RTCSessionDescriptionInit }
  | { candidates: RTCIceCandidateInit[] }
  /** Which of my devices are on. */
  | { shows: Shows };

export interface Shows {
  microphone: boolean;
  camera: boolean;
}

export interface Envelope {
  /** One life of one side's conversation: a reloaded page has another. */
  from: string;
  /** Whom it is for; '' while the other side has not said hello. */
  to: string;
  letter: Letter;
}

/** The most characters that attachExt takes. */
const LONGEST = 4096;

interface Part {
  media: 1;
  from: string;
  to: string;
  /** Counts from 1 to `of`. */
  part: number;
  of: number;
  text: string;
}

/** cut makes the texts that carry an envelope, in the order in which they are to be sent. */
export function cut({ from, to, letter }: Envelope): string[] {
  const whole = JSON.stringify(letter);
  for (let of = 1; ; of++) {
    const size = Math.ceil(whole.length / of);
    const texts = Array.from({ length: of }, (_, i): string => {
      const part: Part = { media: 1, from, to, part: i + 1, of, text: whole.slice(i * size, (i + 1) * size) };
      return JSON.stringify(part);
    });
    if (texts.every((text) => text.length <= LONGEST)) return texts;
  }
}

/** Reader puts the texts of one sender together again. */
export class Reader {
  private parts: Part[] = [];

  /** read answers the envelope that a text completes. What is no letter, or comes out of order, is dropped. */
  read(text: string): Envelope | undefined {
    const part = parsed(text) as Partial<Part> | undefined;
    if (part?.media !== 1 || typeof part.text !== 'string') return undefined;
    if (part.part === 1) this.parts = [];
    if (part.part !== this.parts.length + 1 || part.from !== (this.parts[0]?.from ?? part.from)) return undefined;
    this.parts.push(part as Part);
    if (part.part !== part.of) return undefined;
    const letter = parsed(this.parts.map(({ text }) => text).join(''));
    this.parts = [];
    if (typeof letter !== 'object' || letter === null) return undefined;
    return { from: String(part.from), to: String(part.to), letter: letter as Letter };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
