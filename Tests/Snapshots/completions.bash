# bash completion for sweep
_sweep() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local command='' options='' operand='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      run|plan|merge|slurm|check|diff|show|plot|report|schema|init|completions|help) command=${COMP_WORDS[i]}; break ;;
    esac
  done
  case $previous in
    --rerun) COMPREPLY=($(compgen -W 'failed' -- "$word")); return ;;
    --progress) COMPREPLY=($(compgen -W 'auto bar lines none' -- "$word")); return ;;
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
    --format) COMPREPLY=($(compgen -W 'text csv md json' -- "$word")); return ;;
    --baseline|--junit|--csv|-o|--output) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --shards|--sbatch-args|--solver|--columns|--top|--target|-j|--jobs|--shard|--set) return ;;
  esac
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W 'run plan merge slurm check diff show plot report schema init completions help --help --version' -- "$word"))
    return
  fi
  case $command in
      run)
        options='-o --output -j --jobs --fresh --replace --shard --set --dry-run -q --quiet --progress --color --format -h --help'
        operand='files'
        ;;
      plan)
        options='-o --output -j --jobs --fresh --replace --shard --set -q --quiet --progress --color --format -h --help'
        operand='files'
        ;;
      merge)
        options='-o --output --replace --set -q --quiet --progress --color --format -h --help'
        operand='files'
        ;;
      slurm)
        options='--shards --sbatch-args --submit -o --output --replace --set -q --quiet --progress --color --format -h --help'
        operand='files'
        ;;
      check)
        options='--baseline --allow-missing --junit -j --jobs --set -q --quiet --progress --color --format -h --help'
        operand='files'
        ;;
      diff)
        options='--allow-missing -q --quiet --progress --color --format -h --help'
        operand='folders'
        ;;
      show)
        options='--solver --columns --top --long -q --quiet --progress --color --format -h --help'
        operand='folders'
        ;;
      plot)
        options='-o --output -q --quiet --progress --color --format -h --help'
        operand='folders'
        ;;
      report)
        options='-o --output -q --quiet --progress --color --format -h --help'
        operand='folders'
        ;;
      schema)
        options='-q --quiet --progress --color --format -h --help'
        operand=''
        ;;
      init)
        options='--csv --target -q --quiet --progress --color --format -h --help'
        operand=''
        ;;
      completions)
        options='-q --quiet --progress --color --format -h --help'
        operand='bash zsh fish'
        ;;
      help)
        options='--man -q --quiet --progress --color --format -h --help'
        operand='run plan merge slurm check diff show plot report schema init completions help spec tables'
        ;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [[ $operand == files ]]; then
    COMPREPLY=($(compgen -f -- "$word"))
  elif [[ $operand == folders ]]; then
    COMPREPLY=($(compgen -d -- "$word"))
  else
    COMPREPLY=($(compgen -W "$operand" -- "$word"))
  fi
}
complete -o filenames -F _sweep sweep
