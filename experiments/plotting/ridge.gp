# Training and validation error against lambda, with one standard error.
#
#     gnuplot experiments/plotting/ridge.gp
#
# Reads results/ridge/curve.csv from the current folder, writes ridge-gnuplot.svg there.
table = "results/ridge/curve.csv"
set datafile separator ","
set terminal svg size 720,460 background "white" font "Helvetica,13"
set output "ridge-gnuplot.svg"

set logscale xy
set format x "10^{%L}"
set xlabel "λ"
set ylabel "mean squared error"
set key top center
set grid lc rgb "#e5e5e5"

# The curve of one solver; a logarithmic axis has no place for lambda = 0.
solver = "normal"
lambda(row) = strcol("solver") eq solver && column("lambda") > 0 ? column("lambda") : NaN
isSelected(row) = strstrt(strcol("selected"), "min") || strstrt(strcol("selected"), "one_standard_error")
low(row) = column("validation_mse") - column("validation_mse_se")
high(row) = column("validation_mse") + column("validation_mse_se")

plot table using (lambda(0)):(low(0)):(high(0)) with filledcurves fs transparent solid 0.2 noborder lc rgb "#D55E00" title "± 1 standard error", \
     table using (lambda(0)):(column("validation_mse")) with linespoints pt 7 ps 0.5 lw 2 lc rgb "#D55E00" title "validation", \
     table using (lambda(0)):(column("train_mse")) with linespoints pt 5 ps 0.4 lw 2 dt 2 lc rgb "#0072B2" title "training", \
     table using (isSelected(0) ? lambda(0) : NaN):(column("validation_mse")) with points pt 6 ps 1.6 lw 2 lc rgb "black" title "selected"
