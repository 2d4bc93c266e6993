#!/bin/sh
# The object files of path_*.cpp define no symbol that the linker might take for that of another source (weak, unique),
# and start nothing by themselves (initialisers would run before anybody has asked what the processor is).
found=0
for object in $(printf '%s\n' "$@" | tr ';' '\n'); do
  case $object in
    *path_*) ;;
    *) continue ;;
  esac
  found=$((found + 1))
  if nm "$object" | grep -E ' [WVu] |_GLOBAL__sub_I'; then
    echo "$object shares these"
    exit 1
  fi
done
[ "$found" -ge 1 ] || { echo 'no object file was given'; exit 1; }
echo "$found object files define only what is theirs"
