package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.FixedAlignment;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.LayeringStrategy;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkConnectableShape;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.work.Progress;

/** ELK's layered algorithm with the options that suit networks. */
final class ElkLayout {
    /** Space between layers. */
    static final double BETWEEN_LAYERS = 34;

    private final Detail detail;
    private final boolean flat;
    private boolean late;
    private final ElkNode root;

    static {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    /**
     * An empty graph.
     *
     * @param compact keeps wide graphs narrow; for few nodes only
     * @param flat whether there are no groups; only then can the order of the model be kept, because ELK fails on it across groups
     */
    ElkLayout(Detail detail, boolean compact, boolean flat) {
        this.detail = detail;
        this.flat = flat;
        this.root = ElkGraphUtil.createGraph();
        root.setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
        configure(root);
        if (compact) {
            root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        }
    }

    /** Makes every node stand as late as it can, so that branches end in a row; to be called before groups are added. */
    void alignEnds() {
        late = true;
        configure(root);
    }

    private void configure(ElkNode node) {
        node.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        node.setProperty(CoreOptions.DIRECTION, direction());
        node.setProperty(LayeredOptions.NODE_PLACEMENT_BK_FIXED_ALIGNMENT, FixedAlignment.BALANCED);
        node.setProperty(CoreOptions.EDGE_ROUTING, routing());
        node.setProperty(
                LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY,
                flat ? OrderingStrategy.NODES_AND_EDGES : OrderingStrategy.NONE);
        if (late) {
            node.setProperty(LayeredOptions.LAYERING_STRATEGY, LayeringStrategy.LONGEST_PATH);
        }
        node.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        node.setProperty(CoreOptions.SPACING_NODE_NODE, 28.0);
        node.setProperty(LayeredOptions.SPACING_EDGE_NODE, 14.0);
        node.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 14.0);
    }

    private Direction direction() {
        return switch (detail.direction()) {
            case TB -> Direction.DOWN;
            case BT -> Direction.UP;
            case LR -> Direction.RIGHT;
            case RL -> Direction.LEFT;
        };
    }

    private EdgeRouting routing() {
        return switch (detail.splines()) {
            case SPLINE -> EdgeRouting.SPLINES;
            case POLYLINE -> EdgeRouting.POLYLINE;
            default -> EdgeRouting.ORTHOGONAL;
        };
    }

    ElkNode root() {
        return root;
    }

    /** A node of a fixed size whose ports stand where they are put. */
    ElkNode node(ElkNode parent, Rect size) {
        ElkNode node = ElkGraphUtil.createNode(parent);
        node.setDimensions(size.width(), size.height());
        node.setProperty(CoreOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS);
        return node;
    }

    /** A node that grows around its children and has a title. */
    ElkNode group(ElkNode parent) {
        ElkNode group = ElkGraphUtil.createNode(parent);
        configure(group);
        pad(group);
        return group;
    }

    static void pad(ElkNode node) {
        node.setProperty(
                CoreOptions.PADDING,
                new ElkPadding(Frames.TITLE + Frames.MARGIN, Frames.MARGIN, Frames.MARGIN, Frames.MARGIN));
    }

    ElkPort port(ElkNode node, Point at, boolean output) {
        ElkPort port = ElkGraphUtil.createPort(node);
        port.setDimensions(0, 0);
        port.setLocation(at.x(), at.y());
        boolean forward =
                output == (detail.direction() == Detail.Direction.TB || detail.direction() == Detail.Direction.LR);
        PortSide side = detail.direction().vertical()
                ? (forward ? PortSide.SOUTH : PortSide.NORTH)
                : (forward ? PortSide.EAST : PortSide.WEST);
        port.setProperty(CoreOptions.PORT_SIDE, side);
        return port;
    }

    ElkEdge edge(ElkPort from, ElkPort to) {
        return ElkGraphUtil.createSimpleEdge(from, to);
    }

    /** Lays everything out; can be stopped between the steps of the algorithm. Nodes without groups that are too much for it are stacked. */
    void run(Progress progress) {
        int[][] sources = flat ? sources() : new int[0][];
        if (Extent.of(sources).isExcessive()) {
            stack();
            return;
        }
        if (flat && Extent.allowsLate(sources)) {
            alignEnds();
        }
        new RecursiveGraphLayoutEngine().layout(root, new Watched(progress));
    }

    /** The numbers of the nodes that each reads. */
    private int[][] sources() {
        Map<ElkNode, Integer> numbers = new HashMap<>();
        root.getChildren().forEach(node -> numbers.put(node, numbers.size()));
        List<List<Integer>> sources = new ArrayList<>();
        root.getChildren().forEach(node -> sources.add(new ArrayList<>()));
        for (ElkEdge edge : root.getContainedEdges()) {
            sources.get(numbers.get(node(edge.getTargets().get(0))))
                    .add(numbers.get(node(edge.getSources().get(0))));
        }
        return sources.stream()
                .map(own -> own.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static ElkNode node(ElkConnectableShape end) {
        return ElkGraphUtil.connectableShapeToNode(end);
    }

    /** Puts the nodes one after the other, with the edges beside them. */
    private void stack() {
        boolean down = detail.direction().vertical();
        double at = 0;
        double breadth = 0;
        for (ElkNode node : root.getChildren()) {
            node.setLocation(down ? 0 : at, down ? at : 0);
            at += (down ? node.getHeight() : node.getWidth()) + BETWEEN_LAYERS;
            breadth = Math.max(breadth, down ? node.getWidth() : node.getHeight());
        }
        for (ElkEdge edge : root.getContainedEdges()) {
            List<Point> path = Router.beside(
                    place(edge.getSources().get(0)),
                    place(edge.getTargets().get(0)),
                    breadth + BETWEEN_LAYERS / 2,
                    detail.direction());
            ElkEdgeSection section = ElkGraphUtil.createEdgeSection(edge);
            section.setStartLocation(path.get(0).x(), path.get(0).y());
            path.subList(1, path.size() - 1)
                    .forEach(point -> ElkGraphUtil.createBendPoint(section, point.x(), point.y()));
            Point end = path.get(path.size() - 1);
            section.setEndLocation(end.x(), end.y());
        }
    }

    private static Point place(ElkConnectableShape port) {
        ElkNode node = node(port);
        return new Point(node.getX() + port.getX(), node.getY() + port.getY());
    }

    /** Asks before every step whether to go on. */
    private static final class Watched extends BasicProgressMonitor {
        private final Progress progress;

        private Watched(Progress progress) {
            this.progress = progress;
        }

        @Override
        public boolean isCanceled() {
            progress.at(-1, "Arranging");
            return false;
        }

        @Override
        protected BasicProgressMonitor doSubTask(float work, int levels) {
            return new Watched(progress);
        }
    }

    /** The rectangle of a node in the coordinates of the root. */
    Rect area(ElkNode node) {
        double x = 0;
        double y = 0;
        for (ElkNode present = node; present != null && present != root; present = present.getParent()) {
            x += present.getX();
            y += present.getY();
        }
        return new Rect(x, y, node.getWidth(), node.getHeight());
    }

    /** The points of an edge in the coordinates of the root. */
    List<Point> points(ElkEdge edge) {
        Rect origin = area(edge.getContainingNode());
        List<Point> points = new ArrayList<>();
        for (ElkEdgeSection section : edge.getSections()) {
            points.add(new Point(origin.x() + section.getStartX(), origin.y() + section.getStartY()));
            for (ElkBendPoint bend : section.getBendPoints()) {
                points.add(new Point(origin.x() + bend.getX(), origin.y() + bend.getY()));
            }
            points.add(new Point(origin.x() + section.getEndX(), origin.y() + section.getEndY()));
        }
        return List.copyOf(points);
    }
}
