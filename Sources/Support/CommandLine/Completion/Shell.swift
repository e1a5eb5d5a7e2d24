/// A shell that can be told what the words of a program are.
enum Shell: String, CaseIterable, Sendable {
    case bash
    case zsh
    case fish
}

extension Shell {
    /// What the shell reads to ask the program itself, each time, what a word may become.
    func script(for program: String) -> String {
        let text =
            switch self {
            case .bash: Self.bashScript
            case .zsh: Self.zshScript
            case .fish: Self.fishScript
            }
        return text.split(separator: "PROGRAM", omittingEmptySubsequences: false)
            .joined(separator: program)
    }

    /// bash splits words at `=` and `:` as well, and replaces only what is behind them.
    private static let bashScript = #"""
        # Completion of PROGRAM for bash: source <(PROGRAM completion bash)
        _PROGRAM() {
            local words=() rest=${COMP_LINE:0:COMP_POINT} unread word line path
            # What has no blank before it belongs to the word before it.
            for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
                unread=${rest#"${rest%%[![:blank:]]*}"}
                # Of the last word, what is before the cursor.
                [[ $unread == "$word"* ]] || word=$unread
                if [[ ${#words[@]} == 0 || $unread != "$rest" ]]; then
                    words+=("$word")
                else
                    words[-1]+=$word
                fi
                rest=${unread#"$word"}
            done
            [[ $word == [=:] ]] && word=
            local last=${words[-1]} value=${words[-1]}
            [[ $last == -*=* ]] && value=${last#*=}
            COMPREPLY=()
            while IFS= read -r line; do
                case $line in
                    $'\t'*)
                        compopt -o filenames
                        while IFS= read -r path; do
                            COMPREPLY+=("${last%"$value"}$path")
                        done < <(compgen -A "${line#?}" -- "$value")
                        ;;
                    *) COMPREPLY+=("${line%%$'\t'*}") ;;
                esac
            done < <("${words[0]}" completion --words -- "${words[@]:1}" 2>/dev/null)
            COMPREPLY=("${COMPREPLY[@]#"${last%"$word"}"}")
        }
        complete -F _PROGRAM PROGRAM

        """#

    private static let zshScript = #"""
        #compdef PROGRAM
        # Completion of PROGRAM for zsh: a file _PROGRAM in a directory of $fpath, or
        # source <(PROGRAM completion zsh)
        _PROGRAM() {
            local -a lines described files
            local line
            lines=("${(@f)$("${(Q)words[1]}" completion --words -- \
                "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
            for line in $lines; do
                case $line in
                    ($'\tfile') files=(_files) ;;
                    ($'\tdirectory') files=(_files -/) ;;
                    (*) described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
                esac
            done
            (( $#described )) && _describe PROGRAM described
            if (( $#files )); then
                [[ $PREFIX == -*=* ]] && compset -P '*='
                $files
            fi
        }
        if [[ ${funcstack[1]} == _PROGRAM ]]; then _PROGRAM "$@"; else compdef _PROGRAM PROGRAM; fi

        """#

    private static let fishScript = #"""
        # Completion of PROGRAM for fish: PROGRAM completion fish | source
        function __PROGRAM_candidates
            set -l words (commandline -opc)
            set -l last (commandline -ct)
            set -l value (string replace -r '^-[^=]*=' '' -- $last)
            set -l flag (string sub -l (math (string length -- $last) - (string length -- $value)) -- $last)
            set -l program $words[1]
            set -e words[1]
            for line in ($program completion --words -- $words "$last" 2>/dev/null)
                switch $line
                    case \tfile
                        printf '%s\n' $flag(__fish_complete_path "$value")
                    case \tdirectory
                        printf '%s\n' $flag(__fish_complete_directories "$value" '')
                    case '*'
                        printf '%s\n' $line
                end
            end
        end
        complete -c PROGRAM -f -a '(__PROGRAM_candidates)'

        """#
}
