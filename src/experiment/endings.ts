/** How a file may end that describes an experiment. */
export const ENDINGS: readonly string[] = ['.yaml', '.yml', '.json'];

/** How one may end that is an experiment by itself. */
export const MODULE_ENDINGS: readonly string[] = ['.mjs', '.js', '.cjs', '.mts', '.ts', '.cts'];
