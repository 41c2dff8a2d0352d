/** The lowest free address: memory is handed out upwards and lives as long as its instance. */
let top: usize = (__heap_base + 15) & ~15;

/** Reserves `bytes` of zeroed memory, aligned to one vector; traps when the engine has no more to give. */
export function allocate(bytes: usize): usize {
  const address = top;
  top = (top + bytes + 15) & ~15;
  const missing = <i64>top - ((<i64>memory.size()) << 16);
  if (missing > 0 && memory.grow(<i32>((missing + 0xffff) >> 16)) < 0) unreachable();
  return address;
}
