import { expect, test } from 'vitest';
import { guessDirection } from '../../src/experiment/guessDirection.js';

test.each([
  ...[
    'accuracy',
    'acc',
    'Acc',
    'ACC',
    'val_accuracy',
    'val.acc',
    'val/acc',
    'test accuracy',
    'valAccuracy',
    'trainACC',
  ],
  ...['acc1', 'acc@5', 'acc_top5', 'top1_acc', 'AUC', 'rocAUC', 'roc_auc', 'f1', 'F1', 'f1_macro', 'macroF1', 'f_1'],
  ...['r2', 'R2', 'testR2', 'precision', 'recall@10', 'recall10', 'ndcg@5', 'mean_reward', 'episode_reward_mean'],
  ...['episodeReturn', 'episode_return_mean', 'win_rate', 'winRate', 'winrate', 'IoU', 'mIoU', 'valIoU', 'dice'],
  ...['map', 'mAP', 'val_map', 'mAP50', 'map_50', 'metrics/mAP50-95(B)', 'valAP'],
])('%s is better high', (name) => {
  expect(guessDirection(name)).toBe('higher');
});

test.each([
  ...['loss', 'val_loss', 'valLoss', 'accuracy_loss', 'lossAccuracy', 'f1_loss', 'reward_loss', 'diceLoss', 'loss1'],
  ...['error', 'accuracy_error', 'err', 'acc_err', 'errorRate', 'rmse', 'mae', 'RMSE', 'r2_rmse', 'recall_time'],
  ...['accuracy_gap', 'reward_std', 'return_code', 'returnCode', 'accuracyDrop', 'precision_ms'],
  ...['map_size', 'mapSize', 'map_width', 'mapper', 'f10', 'f12', 'f_10', 'r20', 'inaccuracy', 'macro', 'accord'],
  ...['race', 'recalled', 'time', 'score', 'match', 'exit code', 'x', '', '1', 'diced', 'facc'],
])('%s is not', (name) => {
  expect(guessDirection(name)).toBe('lower');
});
