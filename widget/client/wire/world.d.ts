// What a connection is given: who owns it, and the browser's parts, which a test replaces.
export interface Owner<In> {
  open(): void;
  frame(frame: In): void;
  lost?(code: number): void;
}

export interface World {
  open(url: string): WebSocket;
  after(ms: number, run: () => void): number;
  cancel(id: number): void;
  random(): number;
}
