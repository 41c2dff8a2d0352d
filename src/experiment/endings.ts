/** How an experiment's file may end. */
export const ENDINGS: readonly string[] = ['.yaml', '.yml', '.json'];
