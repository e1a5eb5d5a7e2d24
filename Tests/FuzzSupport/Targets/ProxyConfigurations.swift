import Platform
import Proxy

extension FuzzTargets {
    /// The proxy's configuration: what can be used is written and read back as the same.
    static let proxyConfigurations = [
        FuzzTarget(
            "proxy.configuration", texts: [ConfigurationTexts.kubeadm, ConfigurationTexts.other]
        ) { input in
            guard let loaded = try? ProxyConfiguration.read(input.span, name: "config.conf") else {
                return
            }
            let text = loaded.configuration.yaml
            let copy = try? ProxyConfiguration.read(text.utf8.span, name: "copy")
            precondition(copy?.configuration == loaded.configuration)
        },
        FuzzTarget("proxy.duration", texts: ["15m0s", "1h0m0.25s", "-1.5µs", "0", ".5h30ms"]) {
            input in
            let text = String(decoding: input, as: UTF8.self)
            guard let duration = Duration(goText: text) else { return }
            precondition(Duration(goText: duration.goText) == duration)
        },
    ]
}

/// Files of the proxy's configuration.
package enum ConfigurationTexts {
    /// The file `config.conf` of the ConfigMap kube-proxy, as kubeadm 1.33 writes it for
    /// `--pod-network-cidr=10.244.0.0/16`.
    package static let kubeadm = """
        apiVersion: kubeproxy.config.k8s.io/v1alpha1
        bindAddress: 0.0.0.0
        bindAddressHardFail: false
        clientConnection:
          acceptContentTypes: ""
          burst: 0
          contentType: ""
          kubeconfig: /var/lib/kube-proxy/kubeconfig.conf
          qps: 0
        clusterCIDR: 10.244.0.0/16
        configSyncPeriod: 0s
        conntrack:
          maxPerCore: null
          min: null
          tcpBeLiberal: false
          tcpCloseWaitTimeout: null
          tcpEstablishedTimeout: null
          udpStreamTimeout: 0s
          udpTimeout: 0s
        detectLocal:
          bridgeInterface: ""
          interfaceNamePrefix: ""
        detectLocalMode: ""
        enableProfiling: false
        healthzBindAddress: ""
        hostnameOverride: ""
        iptables:
          localhostNodePorts: null
          masqueradeAll: false
          masqueradeBit: null
          minSyncPeriod: 0s
          syncPeriod: 0s
        ipvs:
          excludeCIDRs: null
          minSyncPeriod: 0s
          scheduler: ""
          strictARP: false
          syncPeriod: 0s
          tcpFinTimeout: 0s
          tcpTimeout: 0s
          udpTimeout: 0s
        kind: KubeProxyConfiguration
        logging:
          flushFrequency: 0
          options:
            json:
              infoBufferSize: "0"
            text:
              infoBufferSize: "0"
          verbosity: 0
        metricsBindAddress: ""
        mode: ""
        nftables:
          masqueradeAll: false
          masqueradeBit: null
          minSyncPeriod: 0s
          syncPeriod: 0s
        nodePortAddresses: null
        oomScoreAdj: null
        portRange: ""
        showHiddenMetricsForVersion: ""
        winkernel:
          enableDSR: false
          forwardHealthCheckVip: false
          networkName: ""
          rootHnsEndpointName: ""
          sourceVip: ""

        """

    package static let header =
        "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n"

    /// One in which no field is as it would be anyway.
    package static let other =
        header + """
            clientConnection: {kubeconfig: /k, acceptContentTypes: a, contentType: b, qps: 1.5, burst: 2}
            featureGates: {A: true, B: false}
            bindAddress: 'fd00::1'
            healthzBindAddress: none
            metricsBindAddress: 10.0.0.1:9
            bindAddressHardFail: true
            enableProfiling: true
            nodePortAddresses: [10.0.0.0/8, '::/0']
            hostnameOverride: 'yes'
            oomScoreAdj: 0
            configSyncPeriod: 1h
            logging: {verbosity: 4, format: json}
            mode: ipvs
            nftables: {masqueradeBit: 0, masqueradeAll: true, syncPeriod: 1m, minSyncPeriod: 1500ms}
            clusterCIDR: 10.0.0.0/8,fd00::/64
            detectLocalMode: BridgeInterface
            detectLocal: {bridgeInterface: cni0, interfaceNamePrefix: cali}
            conntrack:
              maxPerCore: 0
              min: 0
              tcpEstablishedTimeout: 0s
              tcpCloseWaitTimeout: 1s
              tcpBeLiberal: true
              udpTimeout: 1s
              udpStreamTimeout: 1500us
            weft:
              master: https://10.0.0.1
              affinityTableSize: 1
              counters: true
              drainTCP: 0s
              drainSCTP: 1h
              minDelay: 1ms
              maxDelay: 1s
            """
}
