/** What a service's keys in Consul have to be, what they are, and how the one becomes the other. */
package dev.platformkit.kv;
