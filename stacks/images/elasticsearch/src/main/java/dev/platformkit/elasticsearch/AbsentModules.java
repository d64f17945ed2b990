package dev.platformkit.elasticsearch;

import java.util.List;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.plugins.Plugin;

/**
 * Knows the settings that switch off modules which only the official image has. A node refuses to
 * start on a setting that it does not know; with these known and without effect, one {@code
 * elasticsearch.yml} serves both images.
 */
public final class AbsentModules extends Plugin {

  /** The official image would otherwise download databases from the internet at every start. */
  private static final Setting<Boolean> GEOIP_DOWNLOADER =
      Setting.boolSetting("ingest.geoip.downloader.enabled", false, Setting.Property.NodeScope);

  @Override
  public List<Setting<?>> getSettings() {
    return List.of(GEOIP_DOWNLOADER);
  }
}
