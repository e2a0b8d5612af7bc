H
"serve*2.15.05
'
dense_inputPlaceholder*
dtype0


wConst