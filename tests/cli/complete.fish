#!/usr/bin/fish --no-config
# complete.fish SCRIPT LINE...: what fish offers at the end of each line, as "LINE<tab>WORD", where a
# script of completions was read.
source $argv[1]
for line in $argv[2..]
    for word in (complete -C $line | string replace -r '\t.*' '')
        printf '%s\t%s\n' $line $word
    end
end
