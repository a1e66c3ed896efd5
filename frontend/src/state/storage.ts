/** A browser's storage, which it may deny. */
export type Storing = () => Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** What came of it; null where the browser denied it. */
export function unlessDenied<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
