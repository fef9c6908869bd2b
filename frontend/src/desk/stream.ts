// Reads server-sent events from the answer to a POST, as they come.

/** Calls back for every event: its name and its data. */
export async function readEvents(response: Response, each: (event: string, data: string) => void): Promise<void> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += (value ?? '').replaceAll('\r\n', '\n');
    const blocks = rest.split('\n\n');
    rest = done ? '' : blocks.pop()!;
    for (const block of blocks) {
      const lines = block.split('\n');
      const of = (name: string) => lines.filter((l) => l.startsWith(name + ':')).map((l) => l.slice(name.length + 1).replace(/^ /, '')).join('\n');
      if (of('data')) each(of('event') || 'message', of('data'));
    }
    if (done) return;
  }
}
