"""The connectors there are, one line each."""

from pomost.connectors.erp.memory import MEMORY_ERP
from pomost.connectors.erp.optima import OPTIMA
from pomost.connectors.erp.subiekt_gt import SUBIEKT_GT
from pomost.connectors.shop.esklep import ESKLEP
from pomost.connectors.shop.memory import MEMORY_SHOP
from pomost.connectors.shop.mstore import MSTORE
from pomost.ports.descriptor import ErpDescriptor, ShopDescriptor

ERPS: dict[str, ErpDescriptor] = {one.name: one for one in (SUBIEKT_GT, OPTIMA, MEMORY_ERP)}
SHOPS: dict[str, ShopDescriptor] = {one.name: one for one in (MSTORE, ESKLEP, MEMORY_SHOP)}
