// What the relay says about itself, beside the page: whether it lets anybody in,
// and which servers help two pages to reach each other.

export interface Relay {
  /**
   * Whom it lets in. dev: anybody, so it serves this computer only. lan: who has its link, on the local network.
   * apps: who has a token of an app's own server, which this page has not. '': it did not say.
   */
  letsIn: 'dev' | 'lan' | 'apps' | '';
  /** Servers that everybody may use. */
  iceServers: RTCIceServer[];
  /** Where those who are signed in are told all servers, with credentials. */
  ice?: string;
}

let asked: Promise<Relay> | undefined;

/** relay asks for what the relay says, once. */
export function relay(): Promise<Relay> {
  return (asked ??= read());
}

async function read(): Promise<Relay> {
  const said = (await json('./beckon.json')) as (Partial<Relay> & { dev?: boolean; lan?: boolean }) | undefined;
  const { dev, lan, iceServers, ice } = said ?? {};
  return {
    letsIn: lan ? 'lan' : dev ? 'dev' : said ? 'apps' : '',
    iceServers: Array.isArray(iceServers) ? iceServers : [],
    ...(typeof ice === 'string' && { ice }),
  };
}

/** json is what an address answers, or undefined. */
export async function json(address: string, how?: RequestInit): Promise<unknown> {
  try {
    const answer = await fetch(address, how);
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}
