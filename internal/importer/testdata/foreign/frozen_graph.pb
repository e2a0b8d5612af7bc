
'
dense_inputPlaceholder*
dtype0


wConst