import type { Direction } from './experiment.js';

/** Words of names of scores that are better low, whatever else is in the name: accuracy_loss, recall_time. */
const LOWER: ReadonlySet<string> = new Set([
  ...['loss', 'losses', 'error', 'errors', 'err', 'mse', 'rmse', 'msle', 'rmsle', 'mae', 'mape', 'smape', 'sse', 'nll'],
  ...['bce', 'crossentropy', 'perplexity', 'ppl', 'wer', 'cer', 'fid', 'brier', 'regret', 'cost', 'deviance'],
  ...['time', 'seconds', 'sec', 'ms', 'latency', 'duration', 'elapsed', 'size', 'bytes', 'memory', 'code'],
  ...['std', 'sd', 'variance', 'var', 'gap', 'drop'],
]);

/** Words of names of scores that are better high. */
const HIGHER: ReadonlySet<string> = new Set([
  ...['acc', 'accuracy', 'auc', 'roc', 'rocauc', 'auroc', 'auprc', 'f1', 'r2', 'precision', 'recall', 'sensitivity'],
  ...['specificity', 'mrr', 'ndcg', 'bleu', 'rouge', 'meteor', 'iou', 'miou', 'dice', 'jaccard', 'mcc', 'kappa'],
  ...['psnr', 'ssim', 'reward', 'rewards', 'return', 'returns', 'winrate'],
]);

/** Of these only the last word tells: a map_size is no mean average precision. */
const HIGHER_AT_END: ReadonlySet<string> = new Set(['map', 'ap']);

/** Words of a name in lower case: `valAccuracy`, `val_accuracy` and `val/accuracy` have the same. */
function wordsOf(name: string): string[] {
  const parted = name.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
  return parted.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
}

/** A word, also without the number behind it (`map50`, `acc1`), and with the next (`win_rate`, `mIoU`). */
function readings(word: string, next = ''): string[] {
  return [word, word + next].flatMap((each) => [each, each.replace(/\d+$/, '')]);
}

/**
 * Which scores are better, guessed by what they are called: `higher` for the likes of accuracy, f1 or reward, unless a word such as loss,
 * error or time is in the name as well; `lower` for all else. Only whole words count, and what is in camelCase is several.
 */
export function guessDirection(name: string): Direction {
  const words = wordsOf(name);
  const all = words.flatMap((word, i) => readings(word, words[i + 1]));
  if (all.some((word) => LOWER.has(word))) return 'lower';
  // Behind it may stand numbers and single letters: mAP50-95(B).
  const end = readings(words.findLast((word) => /\p{L}{2}/u.test(word)) ?? '');
  return all.some((word) => HIGHER.has(word)) || end.some((word) => HIGHER_AT_END.has(word)) ? 'higher' : 'lower';
}
