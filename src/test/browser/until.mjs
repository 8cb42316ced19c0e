/** Waits until there is a value that is true, and answers with it. */
export async function until(what, ask, millis = 60_000) {
  const deadline = Date.now() + millis;
  for (;;) {
    const value = await ask();
    if (value) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`Not within ${millis / 1000} s: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
