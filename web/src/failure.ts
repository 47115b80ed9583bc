/** What a call failed with, as Go or the loader tells it. */
export interface Failure {
  code: number | string;
  name: string;
  message: string;
  [more: string]: unknown;
}

/** The error that a failed call rejects with. */
export class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, cause?: unknown) {
    super(failure.message, cause === undefined ? undefined : { cause });
    this.name = failure.name;
    this.failure = failure;
  }
}

/** A failure that the loader itself found: its code and name are the same word. */
export function fault(code: string, message: string, cause?: unknown): CallError {
  return new CallError({ code, name: code, message }, cause);
}

/** The text of whatever was thrown, even of an object that throws when it is read. */
export function textOf(thrown: unknown): string {
  try {
    return String((thrown as Error)?.message ?? thrown);
  } catch {
    return 'an error that cannot be read';
  }
}

/** Tells of an error of the page's own code, as of an exception in a listener of its. No process ends of it. */
export function report(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else console.error(error);
}
