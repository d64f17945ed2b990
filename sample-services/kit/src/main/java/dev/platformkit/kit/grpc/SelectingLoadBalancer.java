package dev.platformkit.kit.grpc;

import static io.grpc.ConnectivityState.CONNECTING;
import static io.grpc.ConnectivityState.IDLE;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;

import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.selector.Selector;
import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.protobuf.services.HealthCheckingLoadBalancerUtil;
import io.grpc.util.MultiChildLoadBalancer;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * gRPC's side of a {@link Selector}: keeps a connection to each instance, and has it choose among
 * those that are connected and say that they are healthy. gRPC has a round robin of its own, but
 * nothing that could be exchanged for it.
 */
final class SelectingLoadBalancer extends MultiChildLoadBalancer {
  private final Selector selector;

  private SelectingLoadBalancer(Helper helper, Selector selector) {
    super(helper);
    this.selector = selector;
  }

  /** The name under which gRPC knows this selection, made known to it if need be. */
  static String policy(Selection selection) {
    LoadBalancerRegistry known = LoadBalancerRegistry.getDefaultRegistry();
    Provider provider = new Provider(selection);
    if (known.getProvider(provider.getPolicyName()) == null) {
      known.register(provider);
    }
    return provider.getPolicyName();
  }

  @Override
  protected ChildLbState createChildLbState(Object instance) {
    return new ChildLbState(instance, pickFirstLbProvider) {
      @Override
      protected ChildLbStateHelper createChildHelper() {
        return new ChildLbStateHelper() {
          @Override
          public void updateBalancingState(ConnectivityState state, SubchannelPicker picker) {
            super.updateBalancingState(state, picker);
            // A connection that was lost is not made again by itself.
            if (!resolvingAddresses && state == IDLE) {
              getLb().requestConnection();
            }
          }
        };
      }
    };
  }

  @Override
  protected void updateOverallBalancingState() {
    List<ChildLbState> ready = getReadyChildren();
    Set<ConnectivityState> states = EnumSet.noneOf(ConnectivityState.class);
    getChildLbStates().forEach(child -> states.add(child.getCurrentState()));
    if (!ready.isEmpty()) {
      update(READY, new SelectingPicker(selector, pickers(ready)));
    } else if (states.contains(CONNECTING) || states.contains(IDLE)) {
      update(CONNECTING, new FixedResultPicker(PickResult.withNoResult()));
    } else {
      // Each says why it fails.
      update(TRANSIENT_FAILURE, new SelectingPicker(selector, pickers(getChildLbStates())));
    }
  }

  private void update(ConnectivityState state, SubchannelPicker picker) {
    // While this is READY, a registry that forgot everybody does no harm.
    currentConnectivityState = state;
    getHelper().updateBalancingState(state, picker);
  }

  private static List<SubchannelPicker> pickers(Collection<ChildLbState> children) {
    return children.stream().map(ChildLbState::getCurrentPicker).collect(Collectors.toList());
  }

  private static final class SelectingPicker extends SubchannelPicker {
    private final Selector selector;
    private final List<SubchannelPicker> instances;

    SelectingPicker(Selector selector, List<SubchannelPicker> instances) {
      this.selector = selector;
      this.instances = instances;
    }

    @Override
    public PickResult pickSubchannel(PickSubchannelArgs call) {
      return instances.get(selector.select(instances.size())).pickSubchannel(call);
    }
  }

  private static final class Provider extends LoadBalancerProvider {
    private final Selection selection;

    Provider(Selection selection) {
      this.selection = selection;
    }

    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    public int getPriority() {
      return 5;
    }

    @Override
    public String getPolicyName() {
      return "kit_" + selection.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public LoadBalancer newLoadBalancer(Helper helper) {
      return HealthCheckingLoadBalancerUtil.newHealthCheckingLoadBalancer(
          new Factory() {
            @Override
            public LoadBalancer newLoadBalancer(Helper checked) {
              return new SelectingLoadBalancer(checked, selection.selector());
            }
          },
          helper);
    }
  }
}
