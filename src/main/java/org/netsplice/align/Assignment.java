package org.netsplice.align;

import java.util.Arrays;

/** Pairs rows and columns of a square table one to one, so that the sum of what the pairs gain is the largest there is. */
final class Assignment {
    private Assignment() {}

    /**
     * Finds the pairs by shortest augmenting paths (Jonker and Volgenant, 1987), in time that grows with the cube of the size.
     *
     * @param gains finite numbers, row by row
     * @return the column of each row
     */
    static int[] best(double[][] gains) {
        int size = gains.length;
        double[] rowPrice = new double[size];
        double[] columnPrice = new double[size];
        int[] rowOf = new int[size];
        Arrays.fill(rowOf, -1);
        for (int first = 0; first < size; first++) {
            int[] before = new int[size];
            double[] distance = new double[size];
            boolean[] done = new boolean[size];
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
            int row = first;
            int column = -1;
            double reached = 0;
            while (row >= 0) {
                int nearest = -1;
                for (int j = 0; j < size; j++) {
                    if (!done[j]) {
                        double through = reached - gains[row][j] - rowPrice[row] - columnPrice[j];
                        if (through < distance[j]) {
                            distance[j] = through;
                            before[j] = column;
                        }
                        if (nearest < 0 || distance[j] < distance[nearest]) {
                            nearest = j;
                        }
                    }
                }
                reached = distance[nearest];
                column = nearest;
                done[column] = true;
                row = rowOf[column];
            }
            rowPrice[first] += reached;
            for (int j = 0; j < size; j++) {
                if (done[j] && j != column) {
                    rowPrice[rowOf[j]] += reached - distance[j];
                    columnPrice[j] -= reached - distance[j];
                }
            }
            while (column >= 0) {
                int previous = before[column];
                rowOf[column] = previous < 0 ? first : rowOf[previous];
                column = previous;
            }
        }
        return inverse(rowOf);
    }

    private static int[] inverse(int... order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }
}
