// spawnLoop N PROGRAM [ARGUMENT…]: runs a program N times, one after the other, and does nothing else: what there is no way around.
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

extern char **environ;

int main(int count, char **words) {
  if (count < 3) return 2;
  for (int left = atoi(words[1]); left > 0; left--) {
    pid_t child;
    int status;
    if (posix_spawn(&child, words[2], NULL, NULL, words + 2, environ) != 0) return 1;
    if (waitpid(child, &status, 0) != child || status != 0) return 1;
  }
  return 0;
}
