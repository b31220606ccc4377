package org.netsplice.gui.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** The menu bar: every command in its menu, with its keys. */
public final class Menus {
    private final Commands commands;
    private final FileActions actions;
    private final Map<Command, MenuItem> items = new LinkedHashMap<>();

    /** Makes menus of all commands, and one of the recent files. */
    public Menus(Commands commands, FileActions actions) {
        this.commands = commands;
        this.actions = actions;
    }

    /** The menu bar. */
    public MenuBar bar() {
        Map<String, Menu> menus = new LinkedHashMap<>();
        Map<Menu, Integer> blocks = new LinkedHashMap<>();
        MenuBar bar = new MenuBar();
        for (Command command : commands.all()) {
            String[] path = command.menu().split("/");
            Menu menu = menus.computeIfAbsent(path[0], title -> {
                Menu fresh = new Menu(title);
                fresh.setOnShowing(event -> refresh());
                bar.getMenus().add(fresh);
                return fresh;
            });
            if (path.length > 1 && menus.containsKey(command.menu())) {
                menus.get(command.menu()).getItems().add(item(command));
                continue;
            }
            if (blocks.getOrDefault(menu, command.block()) != command.block()) {
                menu.getItems().add(new SeparatorMenuItem());
            }
            blocks.put(menu, command.block());
            if (path.length > 1) {
                Menu inner = new Menu(path[1]);
                menus.put(command.menu(), inner);
                inner.getItems().add(item(command));
                menu.getItems().add(inner);
            } else {
                menu.getItems().add(item(command));
            }
        }
        recent(menus.get("File"));
        refresh();
        return bar;
    }

    private MenuItem item(Command command) {
        MenuItem item = commands.item(command, "menu-");
        items.put(command, item);
        return item;
    }

    /** Updates titles, keys and whether commands are possible. */
    private void refresh() {
        items.forEach(commands::refresh);
    }

    private void recent(Menu file) {
        Menu recent = new Menu("Open recent");
        recent.setMnemonicParsing(false);
        file.getItems().add(2, recent);
        var showing = file.getOnShowing();
        file.setOnShowing(event -> {
            showing.handle(event);
            List<MenuItem> paths = new ArrayList<>();
            for (Path path : actions.recent().list()) {
                MenuItem item = new MenuItem(path.toString());
                item.setMnemonicParsing(false);
                item.setOnAction(chosen -> actions.open(List.of(path)));
                paths.add(item);
            }
            recent.getItems().setAll(paths);
            recent.setDisable(paths.isEmpty());
        });
    }
}
