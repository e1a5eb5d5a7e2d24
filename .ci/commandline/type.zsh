#!/usr/bin/env zsh
# Types into a real shell, on a terminal, and fails when the line becomes something else.
#   type.zsh bash|zsh|fish FILE     lines of FILE: what is typed | what the line is then
# A tab is written as <TAB>. The shell finds weft on PATH and works in the current directory.
set -eu
zmodload zsh/zpty

typeset -a setup
start="env -i PATH=${(q)PATH} HOME=${(q)PWD} XDG_RUNTIME_DIR=${(q)PWD} TERM=dumb PS1="
# In each shell Control-O tells the line, in a way that its own echo does not look like.
case $1 in
    bash)
        start+=' bash --norc --noprofile -i'
        setup=('bind "set completion-query-items 0"' 'source <(weft completion bash)'
            "bind -x '\"\\C-o\": printf \"\\nLI%s<%s>\\n\" NE \"\$READLINE_LINE\"'")
        ;;
    zsh)
        start+=' zsh -f -i'
        setup=('autoload -U compinit' 'compinit -u -D' 'source <(weft completion zsh)'
            'unsetopt auto_menu' 'LISTMAX=1000'
            'tell() printf "\nLI%s<%s>\n" NE "$BUFFER"' 'zle -N tell' 'bindkey ^O tell')
        ;;
    fish)
        start+=' fish --private --no-config -i'
        setup=('function fish_prompt; end' 'weft completion fish | source'
            'function tell; printf "\nLI%s<%s>\n" NE (commandline); end' 'bind \co tell')
        ;;
    *) exit 2 ;;
esac

# What the shell says the line is, once it has read all that was typed.
line_now() {
    local text=
    zpty -w -n shell $'\C-o'
    zpty -r shell text $'*LINE<*>*' || return 1
    print -r -- ${${text##*LINE<}%%>*}
}

zpty -b shell $start
for line in $setup; do zpty -w shell $line; done
failures=0
while IFS='|' read -r typed expected; do
    zpty -w -n shell ${typed//<TAB>/$'\t'}
    # An unread key would be taken for more of the word that is completed.
    sleep 0.2
    found=$(line_now)
    zpty -w -n shell $'\C-u'
    [[ $found == "$expected" ]] && continue
    print -r -- "$1: '$typed' became '$found', not '$expected'"
    (( ++failures ))
done <$2
zpty -d shell
(( failures == 0 ))
